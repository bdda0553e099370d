namespace ClaimsEngine.Specs;

/// <summary>The "then" of a spec: what a use case decided.</summary>
public static class Then
{
    /// <summary>Exactly these events, in this order, on whichever streams.</summary>
    public static Decision Decides(this Decision decision, params object[] expected)
    {
        Assert.True(decision.Refusal is null, $"refused: {decision.Refusal}");
        Assert.Equal(expected.Select(Written), decision.Events.Select(Written));
        return decision;
    }

    /// <summary>No by this rule, blaming this field; and nothing to store.</summary>
    public static Refusal IsRefused(this Decision decision, RefusalCode rule, string? field = null)
    {
        Assert.NotNull(decision.Refusal);
        Assert.Equal((rule.Code, field), (decision.Refusal.Code, decision.Refusal.Field));
        Assert.Empty(decision.Events);
        Assert.Empty(decision.Keys);
        Assert.Empty(decision.Places);
        Assert.NotEmpty(decision.Refusal.Detail);
        return decision.Refusal;
    }

    /// <summary>It is so already.</summary>
    public static void ChangesNothing(this Decision decision)
    {
        Assert.True(decision.IsNothing, decision.Refusal?.ToString() ?? $"decided {string.Join(", ", decision.Events)}");
        Assert.Empty(decision.Keys);
        Assert.Empty(decision.Places);
    }

    /// <summary>The one event of this type.</summary>
    public static T The<T>(this Decision decision)
    {
        Assert.True(decision.Refusal is null, $"refused: {decision.Refusal}");
        return Assert.Single(decision.Events.OfType<T>());
    }

    /// <summary>Takes (or gives up) this key for this holder, and says this when another has it.</summary>
    public static Decision Guards(this Decision decision, UniqueKey key, Guid holder, RefusalCode? otherwise = null, bool take = true)
    {
        var guarded = Assert.Single(decision.Keys, guarded => guarded.Change == new KeyChange(key, holder, take));
        Assert.Equal(otherwise?.Code, guarded.Otherwise?.Code);
        return decision;
    }

    /// <summary>Everything of a decision as text, so that two can be compared.</summary>
    public static string Written(this Decision decision) => string.Join('\n',
    [
        $"refused: {decision.Refusal}",
        .. decision.Changes.Select(change => $"{change.StreamType} {change.Stream}: {string.Join("; ", change.Events.Select(Written))}"),
        .. decision.Keys.Select(key => key.ToString()),
        .. decision.Places.Select(places => places.ToString()),
    ]);

    /// <summary>An event as it would be stored: records hold lists, whose equality is by reference.</summary>
    public static string Written(object @event) =>
        $"{@event.GetType().Name} {JsonSerializer.Serialize(@event, @event.GetType(), ClaimsJson.Options)}";

    /// <summary>
    /// What a sound card grants for these facts. Of every answer it holds that what its steps add makes the amount, that the last one says
    /// it, and that each has its words.
    /// </summary>
    public static Assessment Assess(this PlanCard card, CaseFacts facts)
    {
        Assert.Empty(card.Faults());
        var (assessment, refusal) = Adjudication.Assess(card, facts);
        Assert.True(refusal is null, $"refused: {refusal}");
        Assert.Equal(assessment!.Amount, Money.Sum(assessment.Steps.Select(step => step.Adds ?? Money.Zero)));
        Assert.Equal(("payable", assessment.Amount.ToString()), (assessment.Steps[^1].Rule, assessment.Steps[^1].Output));
        Assert.All(assessment.Steps, step =>
        {
            Assert.All([step.Rule, step.Clause, step.Input, step.Output, step.Text], Assert.NotEmpty);
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", step.TextZh);
        });
        return assessment;
    }

    /// <summary>The amount alone.</summary>
    public static string Pays(this PlanCard card, CaseFacts facts) => card.Assess(facts).Amount.ToString();

    /// <summary>The one step of this rule.</summary>
    public static Step Step(this Assessment assessment, string rule) => Assert.Single(assessment.Steps, step => step.Rule == rule);

    /// <summary>The rules of all steps before the last, which says what is payable.</summary>
    public static IEnumerable<string> Rules(this Assessment assessment) => assessment.Steps.SkipLast(1).Select(step => step.Rule);

    /// <summary>A sound card has no answer for these facts, by this rule and blaming this field.</summary>
    public static Refusal HasNoAnswer(this PlanCard card, CaseFacts facts, RefusalCode rule, string? field = null)
    {
        Assert.Empty(card.Faults());
        var (assessment, refusal) = Adjudication.Assess(card, facts);
        Assert.Null(assessment);
        Assert.Equal((rule.Code, field), (refusal!.Code, refusal.Field));
        Assert.NotEmpty(refusal.Detail);
        return refusal;
    }

    /// <summary>The source does not publish these rules of a card, and asking for them is refused by their names.</summary>
    public static void DoesNotPublish(this PlanCard card, CaseFacts facts, params string[] rules)
    {
        var refusal = card.HasNoAnswer(facts, Refuse.NotPublished);
        Assert.Equal(rules, refusal.Faults!.Select(fault => fault.Field));
        Assert.All(rules, rule => Assert.Contains(rule, refusal.Detail));
    }

    /// <summary>Breaches of a command's shape, as (field, message).</summary>
    public static IReadOnlyList<(string Field, string Message)> Breaches<TCommand>(this TCommand command) where TCommand : class =>
        Engine.Modules.SelectMany(module => module.UseCases).Single(useCase => useCase.CommandType == typeof(TCommand)).Validate(command);

    /// <summary>The fields that break a shape rule, in ordinal order, each once.</summary>
    public static IEnumerable<string> BrokenFields<TCommand>(this TCommand command) where TCommand : class =>
        command.Breaches().Select(breach => breach.Field).Distinct().Order(StringComparer.Ordinal);
}
