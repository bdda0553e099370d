using ClaimsEngine.Enrolments;
using ClaimsEngine.Figures;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Host.Http;

/// <summary>Finance's totals of payouts, for the API's description.</summary>
/// <param name="AsOf">what was known at this moment</param>
/// <param name="Position">of the last event that is counted</param>
internal sealed record PayoutTotalsForm(IReadOnlyList<PayoutTotalsRow> Rows, PayoutSum Total, Instant AsOf, long Position);

/// <summary>A row has the members that the question named under by and measures; null is what has none, such as no programme.</summary>
/// <param name="Payer">what this payer bears, by the programme's funding shares; amounts of a programme's payers add up to its own</param>
/// <param name="Mean">amount by count, a half fen rounded away from zero; null of nothing</param>
/// <param name="Median">the lower of the two middle amounts where their number is even</param>
/// <param name="LossRatio">granted by contributions due, with six decimals; null where none are due</param>
internal sealed record PayoutTotalsRow(
    long Count, Money Amount, Money? Mean, Money? Median, Money? Largest, string? LossRatio, string? Plan, int? PlanYear,
    string? Programme, RegionCode? Region, RegionCode? Province, RegionCode? City, RegionCode? District, string? Payer, string? Employer,
    Occupation? Occupation, IncidentKind? Benefit, string? Fund, string? Month, PayoutStatus? Status);

/// <summary>Of all payouts that match. By payers each payout counts once.</summary>
internal sealed record PayoutSum(long Count, Money Amount, Money? Mean, Money? Median, Money? Largest, string? LossRatio);

/// <summary>Contributions, for the API's description.</summary>
internal sealed record ContributionTotalsForm(
    IReadOnlyList<ContributionTotalsRow> Rows, ContributionSum Total, Instant AsOf, long Position);

/// <summary>A row has the members that the question named under by.</summary>
/// <param name="Certificates">that are pending, in force, or were cancelled within their term</param>
/// <param name="Due">their contributions</param>
/// <param name="Paid">received on those</param>
/// <param name="Left">due and not yet received</param>
/// <param name="ToReturn">received on certificates that ended without having covered anybody</param>
/// <param name="Refunded">refunds of certificates that ended which the bank has paid; null where they are not kept by what is asked
/// for</param>
/// <param name="Earned">what closings of months counted as earned, from the books; null where they are not kept by what is asked
/// for</param>
internal sealed record ContributionTotalsRow(
    long Certificates, Money Due, Money Paid, Money Left, Money ToReturn, Money? Refunded, Money? Earned, string? Plan,
    int? PlanYear, string? Programme, RegionCode? Region, RegionCode? Province, RegionCode? City, RegionCode? District,
    string? Payer, string? Employer, string? Month, EnrolmentStatus? Status);

internal sealed record ContributionSum(
    long Certificates, Money Due, Money Paid, Money Left, Money ToReturn, Money? Refunded, Money? Earned);

/// <summary>Unpaid payouts by age, for the API's description.</summary>
internal sealed record AgeingForm(IReadOnlyList<AgeingRow> Rows, AgeingSum Total, Instant AsOf, long Position);

/// <summary>A row has the members that the question named under by.</summary>
/// <param name="Days">calendar days since the order: <c>0-5</c>, <c>6-10</c>, <c>11-30</c>, <c>31-60</c>, <c>over 60</c></param>
/// <param name="HeldCount">of these, how many are held</param>
internal sealed record AgeingRow(
    string Days, long Count, Money Amount, long HeldCount, Money HeldAmount, string? Plan, int? PlanYear, string? Programme,
    RegionCode? Region, RegionCode? Province, RegionCode? City, RegionCode? District, PayoutStatus? Status);

internal sealed record AgeingSum(long Count, Money Amount, long HeldCount, Money HeldAmount);

/// <summary>A development triangle, for the API's description.</summary>
/// <param name="Through">the last period that is over</param>
/// <param name="Factors">from each column to the next, with six decimals, a half rounded away from zero</param>
/// <param name="Earlier">granted for incidents before the first period</param>
/// <param name="Undated">granted for incidents whose month was not kept</param>
internal sealed record TriangleForm(
    IReadOnlyList<TriangleOrigin> Rows, TriangleSum Total, Grain Grain, string Through, IReadOnlyList<string> Factors, Money Earlier,
    Money Undated, Instant AsOf, long Position);

/// <param name="Origin">period of the incidents</param>
/// <param name="Cumulative">granted until the end of the period, of the next one, and so on; empty for the running period</param>
/// <param name="Granted">all that is known, also of the running period</param>
/// <param name="Ultimate">what will have been granted in the end, as the chain ladder estimates it</param>
/// <param name="Reserved">for claims that are reported and not decided</param>
/// <param name="Ibnr">of the ultimate what is neither granted nor reserved</param>
internal sealed record TriangleOrigin(
    string Origin, IReadOnlyList<Money> Cumulative, Money Granted, Money Ultimate, Money Reserved, Money Ibnr);

internal sealed record TriangleSum(Money Granted, Money Ultimate, Money Reserved, Money Ibnr);

/// <summary>What plans still owe, for the API's description.</summary>
internal sealed record OutstandingForm(IReadOnlyList<OutstandingFund> Rows, OutstandingSum Total, Instant AsOf, long Position);

/// <param name="Unpaid">granted and not yet paid by the bank</param>
/// <param name="Reserved">for claims that are not decided</param>
/// <param name="Ibnr">incurred but not reported</param>
/// <param name="Outstanding">the three together</param>
internal sealed record OutstandingFund(string Plan, int PlanYear, Money Unpaid, Money Reserved, Money Ibnr, Money Outstanding);

internal sealed record OutstandingSum(Money Unpaid, Money Reserved, Money Ibnr, Money Outstanding);

/// <summary>Whether contributions suffice, for the API's description.</summary>
internal sealed record SolvencyForm(IReadOnlyList<SolvencyFund> Rows, SolvencySum Total, Instant AsOf, long Position);

/// <param name="Programme">null for direct entry, and where a plan's year is asked for as a whole</param>
/// <param name="Due">contributions owed or paid</param>
/// <param name="Paid">of these what has come in</param>
/// <param name="Granted">benefits ordered to be paid and not cancelled</param>
/// <param name="PaidOut">of these what the bank has paid</param>
/// <param name="RiskReserve">of the plan's year in the books; null for a programme</param>
/// <param name="Largest">single payout</param>
/// <param name="Ratio">granted and reserved by what is due, with six decimals; null where nothing is due</param>
/// <param name="RatioWithIbnr">the same with what is incurred but not reported</param>
/// <param name="LargestShare">the largest single payout by what is due</param>
/// <param name="Committed">the sponsor's shares of all certificates that stand; null without a budget</param>
/// <param name="Used">of these what the sponsor has paid</param>
/// <param name="BudgetLeft">of the budget what is not committed</param>
internal sealed record SolvencyFund(
    string Plan, int PlanYear, string? Programme, Money Due, Money Paid, Money Granted, Money PaidOut, Money Reserves, Money Ibnr,
    Money? RiskReserve, Money? Largest, string? Ratio, string? RatioWithIbnr, string? LargestShare, IReadOnlyList<SolvencyAlert> Alerts,
    Money? Budget, Money? Committed, Money? Used, Money? BudgetLeft);

internal sealed record SolvencySum(
    Money Due, Money Paid, Money Granted, Money PaidOut, Money Reserves, Money Ibnr, Money? RiskReserve, Money? Largest);

/// <summary>People and money by band, for the API's description.</summary>
/// <param name="Largest">amount that one person was granted; null where nobody was</param>
internal sealed record DistributionForm(
    IReadOnlyList<DistributionBand> Rows, DistributionSum Total, Money? Largest, Instant AsOf, long Position);

internal sealed record DistributionSum(long People, Money Amount);

/// <summary>Decisions, payables and bank side by side, for the API's description.</summary>
/// <param name="Unexplained">what no state explains; expected to be empty</param>
/// <param name="OpenStatementLines">lines of recorded statements of the caller's region that fit nothing of ours and that nobody has
/// explained: also a transfer whose amount differs from the payout's</param>
internal sealed record ThreeWayForm(
    IReadOnlyList<ThreeWayRow> Rows, ThreeWayRow Total, IReadOnlyList<ThreeWayFinding> Unexplained, long OpenStatementLines, Instant AsOf,
    long Position);
