using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Storage.Commands;

/// <summary>What every command needs: the routes' use cases and resources, the records, the clock and the writer.</summary>
public sealed class CommandRoom(
    RecordRoom records, EmployerMembers members, PlanFigures books, SessionWriter writer, IClock clock, IReadOnlyList<Module> modules)
{
    private readonly Dictionary<Type, IUseCase> useCases =
        modules.SelectMany(module => module.UseCases).ToDictionary(useCase => useCase.CommandType);
    private readonly Dictionary<Type, IResource> resources =
        modules.SelectMany(module => module.Resources).ToDictionary(resource => resource.AggregateType);

    public RecordRoom Records => records;
    public EmployerMembers Members => members;
    public PlanFigures Books => books;
    public SessionWriter Writer => writer;
    public IClock Clock => clock;

    public IUseCase UseCaseOf(Command command) => useCases[command.GetType()];

    public IResource ResourceOf(IUseCase useCase) => resources[useCase.AggregateType];
}
