using ClaimsEngine.Notifications;
using ClaimsEngine.Storage.Outbox;

namespace ClaimsEngine.Host.Outbox;

/// <summary>How one try went.</summary>
/// <param name="End">how it ended; null when it is to be tried again</param>
/// <param name="Answer">HTTP status; null where no answer came</param>
/// <param name="Note">a word for why it failed: never what the other side has written</param>
public sealed record Attempt(DeliveryStatus? End, int? Answer = null, string? Note = null)
{
    /// <summary>Something of our own went wrong.</summary>
    public const string Unexpected = "error";

    /// <summary>Only a 2xx says that the other side has it.</summary>
    public static Attempt Answered(int status) =>
        status is >= 200 and < 300 ? new Attempt(DeliveryStatus.Delivered, status) : new Attempt(null, status, "refused");

    /// <summary>No answer came.</summary>
    public static Attempt Without(Exception exception) => new(null, null, exception switch
    {
        ForbiddenAddressException => "forbidden-address",
        HttpRequestException { InnerException: ForbiddenAddressException } => "forbidden-address",
        OperationCanceledException => "timeout",
        HttpRequestException or IOException => "no-connection",
        _ => Unexpected,
    });
}

/// <summary>What delivers over one channel.</summary>
public interface IOutlet
{
    DeliveryChannel Channel { get; }

    /// <param name="cancellation">the time for the answer is over, or the process stops</param>
    Task<Attempt> Try(Delivery delivery, CancellationToken cancellation);
}
