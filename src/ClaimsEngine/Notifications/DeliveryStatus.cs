namespace ClaimsEngine.Notifications;

/// <summary>What became of something that is told outside: an event to a webhook, a notice to a person, or a batch to its bank.</summary>
public enum DeliveryStatus
{
    /// <summary>It waits for its first or its next try.</summary>
    Pending,

    /// <summary>The other side has said that it has it.</summary>
    Delivered,

    /// <summary>No try is left. It may be sent again by hand.</summary>
    Dead,

    /// <summary>Its webhook was removed before, or the bank's results of the batch were there before.</summary>
    Cancelled,

    /// <summary>A notice for which no gateway was configured: a person of the office tells it.</summary>
    Unsent,

    /// <summary>A notice to somebody without a phone number on record.</summary>
    NoAddress,

    /// <summary>A person of the office told it.</summary>
    Told,
}

/// <summary>To whom something is told.</summary>
public enum DeliveryChannel { Webhook, Notice, Bank }
