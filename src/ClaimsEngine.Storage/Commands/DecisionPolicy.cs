using JasperFx;
using JasperFx.CodeGeneration;
using JasperFx.CodeGeneration.Frames;
using Wolverine.Configuration;
using Wolverine.Runtime.Handlers;

namespace ClaimsEngine.Storage.Commands;

/// <summary>Teaches Wolverine what to do with a <see cref="Decision"/> that a handler returns:
/// <see cref="CommandMiddleware.StoreAsync"/>.</summary>
internal sealed class DecisionPolicy : IHandlerPolicy
{
    public void Apply(IReadOnlyList<HandlerChain> chains, GenerationRules rules, IServiceContainer container)
    {
        foreach (var decision in chains.SelectMany(chain => chain.ReturnVariablesOfType<Decision>()))
            decision.UseReturnAction(variable =>
            {
                var store = new MethodCall(typeof(CommandMiddleware), nameof(CommandMiddleware.StoreAsync));
                store.Arguments[0] = variable;
                return store;
            });
    }
}
