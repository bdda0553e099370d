using ClaimsEngine.Bars;
using ClaimsEngine.Books;
using ClaimsEngine.Claims;
using ClaimsEngine.Employers;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Notices;
using ClaimsEngine.Notifications;
using ClaimsEngine.Offices;
using ClaimsEngine.Payers;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using ClaimsEngine.Programmes;
using ClaimsEngine.Recoveries;
using ClaimsEngine.Refunds;
using ClaimsEngine.Relief;
using ClaimsEngine.Statements;

namespace ClaimsEngine;

/// <summary>All modules of the engine.</summary>
public static class Engine
{
    public static readonly IReadOnlyList<Module> Modules =
    [
        PlansModule.Create(), ProgrammesModule.Create(), MembersModule.Create(), EmployersModule.Create(), EnrolmentsModule.Create(),
        ClaimsModule.Create(), NoticesModule.Create(), PayoutsModule.Create(), RecoveriesModule.Create(), BarsModule.Create(),
        OfficesModule.Create(), ReliefModule.Create(), BooksModule.Create(), StatementsModule.Create(), NotificationsModule.Create(),
        PayersModule.Create(), RefundsModule.Create(),
    ];

    public static readonly EventTypes EventTypes = new(Modules.SelectMany(module => module.Events));

    public static readonly IReadOnlyList<IReadModel> ReadModels = [.. Modules.SelectMany(module => module.ReadModels)];
}
