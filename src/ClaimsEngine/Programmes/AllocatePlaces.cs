using FluentValidation;

namespace ClaimsEngine.Programmes;

/// <summary>
/// Reserves places of the quota for a region, out of the free places of the level above it. They are places still to be filled:
/// members enrolled before stay charged to the pool that they came from.
/// </summary>
public sealed record AllocatePlaces(string Programme, RegionCode Region, int Places) : Command
{
    public sealed class Validator : AbstractValidator<AllocatePlaces>
    {
        public Validator()
        {
            RuleFor(c => c.Places).InclusiveBetween(1, 10_000_000);
            RuleFor(c => c.Region).Must(region => region.Level > 0).WithMessage("places are allocated to a province, city or district");
        }
    }
}

public static class AllocatePlacesHandler
{
    public static Task<Programme> LoadAsync(AllocatePlaces command, IUseCaseContext context) =>
        context.Get<Programme>(ProgrammeId.Of(command.Programme).Value);

    public static Decision Handle(AllocatePlaces command, Programme programme, Actor by)
    {
        if (!by.Sees(command.Region)) return Refuse.ActsElsewhere(by, "region");
        if (!programme.Covers(command.Region))
            return new Refusal(Refuse.RegionNotCovered, $"the programme does not cover {command.Region.Name}", "region");
        if (programme.Allocations.Any(allocation => allocation.Region == command.Region))
            return new Refusal(Refuse.AllocationExists, $"{command.Region.Name} has its allocation", "region");
        if (programme.Allocations.Any(allocation => command.Region.Contains(allocation.Region)))
            return new Refusal(Refuse.AllocationExists, "a place below has its allocation; allocate from the top down", "region");

        var from = programme.PoolFor(command.Region);
        if (!from.Regions.All(by.Sees))
            return new Refusal(Refuse.OutsideRegion,
                $"the places come out of {from.Name}, which reaches beyond {by.Region.Name}", "region");
        var left = new Refusal(Refuse.AllocationExceedsQuota,
            $"{command.Places} places do not fit into what is left of the {from.Limit} in {from.Name}", "places");
        if (command.Places > from.Limit) return left;

        var pool = $"{Programme.RootPool(programme.Code)}/{command.Region}";
        return Decision.On(programme, new PlacesAllocated(command.Region, command.Places, pool, from.Name, by.Id))
            .With(new PlaceChange(from.Name, 0, from.Limit - command.Places), left);
    }
}
