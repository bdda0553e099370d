using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Relief;

/// <summary>Opens a fund for hardship relief: whose money it is, how much, when it may be asked for, and for which kinds of
/// hardship.</summary>
/// <param name="Region">of the union level whose money it is; empty is the national one</param>
/// <param name="Budget">in all, above 0.00; never exceeded</param>
/// <param name="To">last day on which applications are taken, inclusive; at most a year after the first, since the most for a household is
/// that of a year</param>
/// <param name="Kinds">1 to 50 kinds of hardship, each code once</param>
public sealed record OpenReliefFund(
    string Code, string Name, RegionCode Region, Money Budget, LocalDate From, LocalDate To, IReadOnlyList<ReliefKind> Kinds) : Command
{
    private const string CodePattern = "^[a-z0-9]+(-[a-z0-9]+)*\\z", CodeWords = "a code is lower-case words joined by hyphens";
    private const int MostKinds = 50, MostPapers = 20;

    public sealed class Validator : AbstractValidator<OpenReliefFund>
    {
        public Validator()
        {
            RuleFor(c => c.Code).MaximumLength(80).Matches(CodePattern).WithMessage(CodeWords);
            RuleFor(c => c.Name).PlainText(200);
            RuleFor(c => c.Budget).Must(IsAnAmount).WithMessage("a budget is above 0.00");
            RuleFor(c => c.To).Must((c, to) => to >= c.From && to < c.From.PlusYears(1))
                .WithMessage("the fund ends on or after its first day and within a year");
            RuleFor(c => c.Kinds).NotEmpty().Must(kinds => kinds.Count <= MostKinds).WithMessage("at most 50 kinds of hardship");
            When(c => c.Kinds.Count <= MostKinds, () =>
            {
                RuleFor(c => c.Kinds).Must(kinds => kinds.Select(kind => kind.Code).Distinct().Count() == kinds.Count)
                    .WithMessage("each kind of hardship stands there once");
                RuleForEach(c => c.Kinds).ChildRules(kind =>
                {
                    kind.RuleFor(k => k.Code).MaximumLength(80).Matches(CodePattern).WithMessage(CodeWords);
                    kind.RuleFor(k => k.Name).PlainText(100);
                    kind.RuleFor(k => k.Most).Must(IsAnAmount).WithMessage("the most for a household is above 0.00");
                    kind.RuleFor(k => k.Evidence)
                        .Must(papers => papers.Count <= MostPapers && papers.Distinct().Count() == papers.Count
                            && papers.All(paper => paper.Length is > 0 and <= 60 && !string.IsNullOrWhiteSpace(paper)))
                        .WithMessage("at most 20 kinds of paper, each once and of at most 60 characters");
                });
            });
        }

        private static bool IsAnAmount(Money amount) => amount.IsPositive;
    }
}

public static class OpenReliefFundHandler
{
    public static Task<ReliefFund?> LoadAsync(OpenReliefFund command, IUseCaseContext context) =>
        context.FindAnywhere<ReliefFund>(ReliefFundId.Of(command.Code).Value);

    public static Decision Handle(OpenReliefFund command, ReliefFund? existing, Actor by)
    {
        if (!by.Sees(command.Region)) return Refuse.ActsElsewhere(by, "region");
        if (existing is not null) return new Refusal(Refuse.ReliefFundExists, $"relief fund {command.Code} is open already", "code");
        return Decision.Begin<ReliefFund>(ReliefFundId.Of(command.Code).Value, new ReliefFundOpened(
            command.Code, command.Name, command.Region, command.Budget, command.From, command.To, command.Kinds, by.Id));
    }
}
