using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Tests.Words;

public sealed class QueryTests
{
    [Theory]
    [InlineData("http://host/claims?status=approved", "approved")]
    [InlineData("http://host/claims?status=", null)]
    [InlineData("http://host/claims", null)]
    [InlineData("http://host/claims?status=a%26b%3D%E7%94%98", "a&b=甘")]
    public void A_value_is_read_from_the_address_and_an_empty_one_is_none(string address, string? value) =>
        Assert.Equal(value, Query.Of(address, "status"));

    [Fact]
    public void An_address_is_made_of_what_is_there_and_escaped() =>
        Assert.Equal("claims?a=1%262&c=%E7%94%98", Query.Address("claims", ("a", "1&2"), ("b", null), ("c", "甘"), ("d", "")));

    [Fact]
    public void More_values_go_behind_those_that_stand_in_the_path() =>
        Assert.Equal("claims?tab=all&a=1", Query.Address("claims?tab=all", ("a", "1")));

    [Theory]
    [InlineData("2026-01-31", "2026-01-31T16:00:00Z")]   // the end of that day in Shanghai
    [InlineData("2026-01-31T18:30", "2026-01-31T10:30:00Z")]
    [InlineData("2026-01-31 18:30", "2026-01-31T10:30:00Z")]
    [InlineData("2026-01-31T10:30:00Z", "2026-01-31T10:30:00Z")]
    [InlineData("yesterday", "yesterday")]
    public void A_moment_may_be_written_as_people_write_it(string written, string moment) =>
        Assert.Equal(moment, Query.Of($"http://host/payouts?asOf={Uri.EscapeDataString(written)}", "asOf"));
}
