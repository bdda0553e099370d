using ClaimsEngine.Console.Pages.Guide;

namespace ClaimsEngine.Console.Tests.Guide;

/// <summary>The people of the guided case do not exist, and their numbers pass every check.</summary>
public sealed class MadeUpPersonTests
{
    [Fact]
    public void Every_made_up_person_has_a_number_that_is_valid_and_a_name_that_says_it_is_a_sample() =>
        Assert.All(Enumerable.Range(0, 2_000), drawn =>
        {
            var person = MadeUpPerson.Of(drawn);
            Assert.True(IdentityNumber.TryParse(person.IdentityNumber, out _, out var error), $"{person.IdentityNumber}: {error}");
            Assert.Contains("样例", person.Name, StringComparison.Ordinal);
        });

    [Fact]
    public void The_same_draw_is_the_same_person() => Assert.Equal(MadeUpPerson.Of(7), MadeUpPerson.Of(7));
}
