namespace ClaimsEngine.Specs;

/// <summary>The kernel's smaller values: occupations, business dates, reference numbers, positions, names.</summary>
public class SmallValueSpecs
{
    [Fact]
    public void An_occupation_is_read_by_code_or_chinese_name_and_written_by_code()
    {
        Assert.Equal(Occupation.Of("truckDriver"), Occupation.Of("货车司机"));
        Assert.Equal(("truckDriver", "货车司机"), (Occupation.Of("货车司机").ToString(), Occupation.Of("truckDriver").ChineseName));
        Assert.Throws<FormatException>(() => Occupation.Of("astronaut"));
        Assert.Throws<FormatException>(() => Occupation.Of(""));
        Assert.All(Occupation.All, occupation => Assert.Equal(occupation, Occupation.Of(occupation.ChineseName)));
    }

    [Fact]
    public void The_business_day_changes_at_midnight_in_shanghai()
    {
        Assert.Equal(new LocalDate(2025, 11, 20), Instant.FromUtc(2025, 11, 20, 15, 59, 59).Date());
        Assert.Equal(new LocalDate(2025, 11, 21), Instant.FromUtc(2025, 11, 20, 16, 0).Date());
    }

    [Fact]
    public void Age_is_whole_years()
    {
        Assert.Equal(39, new LocalDate(1985, 3, 12).AgeOn(new LocalDate(2025, 3, 11)));
        Assert.Equal(40, new LocalDate(1985, 3, 12).AgeOn(new LocalDate(2025, 3, 12)));
        Assert.Equal(1, new LocalDate(2024, 2, 29).AgeOn(new LocalDate(2025, 2, 28)));
    }

    [Fact]
    public void A_reference_number_reads_as_prefix_province_day_and_eight_characters()
    {
        Assert.Matches("^C62-20251120-[0-9A-HJKMNP-TV-Z]{8}$", ReferenceNumber.For('C', Liangzhou, Today, Id(1)));
        Assert.StartsWith("B00-", ReferenceNumber.For('B', RegionCode.National, Today, Id(1)));
        Assert.Equal(ReferenceNumber.For('C', Liangzhou, Today, Id(1)), ReferenceNumber.For('C', Liangzhou, Today, Id(1)));
        Assert.NotEqual(ReferenceNumber.For('C', Liangzhou, Today, Id(1)), ReferenceNumber.For('C', Liangzhou, Today, Id(2)));
    }

    [Fact]
    public void A_changed_character_of_a_reference_number_shows()
    {
        const string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        for (var id = 1; id <= 20; id++)
        {
            var text = ReferenceNumber.For('C', Liangzhou, Today, Id(id))[^8..];
            Assert.True(Fits(text));
            for (var place = 0; place < 8; place++)
                foreach (var other in alphabet.Where(letter => letter != text[place]))
                    Assert.False(Fits(text[..place] + other + text[(place + 1)..]));
        }

        // what a reader of the number computes: weights 3, 5, … 15 modulo 32
        bool Fits(string text) => Enumerable.Range(0, 7)
            .Sum(place => alphabet.IndexOf(text[place]) * (2 * place + 3)) % 32 == alphabet.IndexOf(text[7]);
    }

    [Fact]
    public void Events_are_published_in_snake_case()
    {
        var types = Engine.EventTypes;
        Assert.Equal("plan_version_published", types.NameOf(typeof(PlanVersionPublished)));
        Assert.Equal(typeof(PlanVersionPublished), types.TypeOf("plan_version_published"));
        Assert.All(types.All, type => Assert.Matches("^[a-z]+(_[a-z]+)*$", types.NameOf(type)));
        Assert.Equal("ClaimsEngine.Claims.ClaimApproved, ClaimsEngine", EventTypes.DotnetNameFor(typeof(ClaimApproved)));
        Assert.Throws<KeyNotFoundException>(() => types.NameOf(typeof(string)));
        Assert.Throws<KeyNotFoundException>(() => types.TypeOf("string"));
        Assert.Throws<ArgumentException>(() => new EventTypes([Kind(typeof(ClaimApproved)), Kind(typeof(ClaimApproved))]));
        Assert.Equal(("claim", ""), (types.StreamTypeOf(typeof(ClaimApproved)), types.StreamTypeOf(typeof(string))));

        static EventKind Kind(Type type) => new(type, typeof(Claim), Claim.StreamType);
    }

    [Fact]
    public void An_id_follows_from_a_name()
    {
        Assert.Equal(PlanId.Of(PlanCode), PlanId.Of(PlanCode));
        Assert.NotEqual(PlanId.Of(PlanCode).Value, ProgrammeId.Of(PlanCode).Value);
        Assert.Equal('8', PlanId.Of(PlanCode).Value.ToString()[14]);   // RFC 9562 version 8
    }

    [Fact]
    public void A_refusal_of_either_decision_refuses_both()
    {
        Decision refused = Refuse.NotFound("claim"), decided = Decision.Begin<Plan>(Id(1), VersionPublished());
        refused.And(decided).IsRefused(Refuse.NoSuch);
        decided.And(refused).IsRefused(Refuse.NoSuch);
        Assert.Equal(decided.Written(), Decision.Nothing.And(decided).Written());
    }
}
