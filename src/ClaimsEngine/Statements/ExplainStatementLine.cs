using FluentValidation;

namespace ClaimsEngine.Statements;

/// <summary>A person says what a line is that nothing of ours fits: interest, fees, money for somebody else.</summary>
/// <param name="Line">its place in the statement, from 1</param>
/// <param name="Reason">in neutral words, without anybody's name</param>
public sealed record ExplainStatementLine(BankStatementId Statement, int Line, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ExplainStatementLine>
    {
        public Validator()
        {
            RuleFor(c => c.Line).GreaterThan(0);
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(200);
        }
    }
}

public static class ExplainStatementLineHandler
{
    public static Task<BankStatement> LoadAsync(ExplainStatementLine command, IUseCaseContext context) =>
        context.Get<BankStatement>(command.Statement.Value);

    public static Decision Handle(ExplainStatementLine command, BankStatement statement, Actor by)
    {
        if (command.Line > statement.Lines.Count)
            return new Refusal(Refuse.UnknownStatementLine, $"the statement has {statement.Lines.Count} lines", "line");
        if (statement.Lines[command.Line - 1].Match is not null)
            return new Refusal(Refuse.WrongState, "the line is matched and needs no explanation", "line");
        if (statement.Explained.TryGetValue(command.Line, out var told))
            return told.By == by.Id && told.Reason == command.Reason ? Decision.Nothing
                : new Refusal(Refuse.WrongState, $"{told.By} has explained the line", "line");
        return Decision.On(statement, new StatementLineExplained(command.Line, command.Reason, by.Id, by.OnBehalfOf));
    }
}
