using ClaimsEngine.Enrolments;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Refunds;

/// <summary>Money that goes back to those who paid a contribution.</summary>
public static class RefundsModule
{
    public static Module Create() => new Module("refunds")
        .On<OrderRefunds, Enrolment>("/api/enrolments/{enrolment}/refunds", Role.Finance, c => c.Enrolment.Value,
            "Order what the payers of a certificate that ended get back: one payout for each")
        .On<ReissueRefund, Payout>("/api/payouts/{payout}/refund-reissue", Role.Finance, c => c.Payout.Value,
            "Order a returned refund of an organisation anew, to its confirmed account");
}
