namespace ClaimsEngine.Kernel;

/// <summary>What somebody asks the engine to do. As text it is its name only: logs would keep the personal data in it.</summary>
public abstract record Command
{
    public sealed override string ToString() => GetType().Name;
}

/// <summary>What a claimant wants or brings, and an assisting office of another place may pass on (workflow.md, 2: the home office
/// decides).</summary>
public interface IAssistable;
