using ClaimsEngine.Enrolments;
using ClaimsEngine.Rosters.Enrolling;

namespace ClaimsEngine.Host.Tests.Rosters;

/// <summary>How far a roster is stored, as a run that goes on reads it.</summary>
public sealed class RosterCheckpointTests
{
    [Fact]
    public void A_checkpoint_comes_back_as_it_was_noted()
    {
        var noted = RosterCheckpoint.Beginning(new ParticipationReached(20, 15, 75.5m, 75))
            .After(6, 1, 1, [Quota(6), Occupation(3), Quota(4), Quota(5)])
            .After(12, 0, 2, [Quota(8), Occupation(12)]);
        var read = RosterCheckpoint.Read(noted.ToJson())!;

        Assert.Equal((12, 1L, 3L, noted.Participation), (read.LastRow, read.Accepted, read.Unchanged, read.Participation));
        Assert.Equal(noted.Refused, read.Refused);
        Assert.Equal(["4-6,8", "3,12"], read.Refused.OrderBy(rows => rows.Field).Select(rows => rows.Rows));
        Assert.Equal(
            [(3, "occupation-not-covered", "person.occupation"), (4, "quota-exceeded", null), (5, "quota-exceeded", null),
                (6, "quota-exceeded", null), (8, "quota-exceeded", null), (12, "occupation-not-covered", "person.occupation")],
            read.Refusals().OrderBy(refusal => refusal.Key).Select(refusal => (refusal.Key, refusal.Value.Code, refusal.Value.Field)));
    }

    [Fact]
    public void At_the_beginning_there_is_none() => Assert.Null(RosterCheckpoint.Read(null));

    [Fact]
    public void A_roster_of_which_every_row_is_refused_for_one_reason_notes_a_few_bytes_a_batch()
    {
        var noted = RosterCheckpoint.Beginning(null);
        for (var first = 2; first < 100_000; first += 1_000)
            noted = noted.After(first + 999, 0, 0, [.. Enumerable.Range(first, 1_000).Select(Quota)]);
        Assert.InRange(noted.ToJson().Length, 0, 2_000);
        Assert.Equal(100_000, noted.Refusals().Count);
    }

    private static RefusedRow Quota(int row) => new(row, new Refusal(Refuse.QuotaExceeded, "no place"));

    private static RefusedRow Occupation(int row) => new(row, new Refusal(Refuse.OccupationNotCovered, "not covered", "person.occupation"));
}
