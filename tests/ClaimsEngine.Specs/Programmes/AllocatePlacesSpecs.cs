namespace ClaimsEngine.Specs;

public class AllocatePlacesSpecs
{
    private static readonly string Root = Programme.RootPool(ProgrammeCode);

    [Fact]
    public void A_city_takes_its_places_out_of_the_programmes()
    {
        var decision = Allocate(AProgramme(), Wuwei, 700).Decides(Allocated(Wuwei, 700, Root));
        Leaves(decision, Root, 9_300);
    }

    [Fact]
    public void A_district_takes_its_places_out_of_its_citys()
    {
        var decision = Allocate(AProgramme().After(Allocated(Wuwei, 700, Root)), Liangzhou, 100)
            .Decides(Allocated(Liangzhou, 100, $"{Root}/6206"));
        Leaves(decision, $"{Root}/6206", 600);
    }

    [Fact]
    public void A_district_without_a_city_allocation_takes_from_the_programme() =>
        Leaves(Allocate(AProgramme(), Liangzhou, 100), Root, 9_900);

    [Fact]
    public void A_second_city_finds_what_the_first_left() =>
        Leaves(Allocate(AProgrammeAllocatedDownToLiangzhou(), Lanzhou, 9_300), Root, 0);

    [Fact]
    public void More_than_is_left_above_is_refused()
    {
        Allocate(AProgrammeAllocatedDownToLiangzhou(), Lanzhou, 9_301).IsRefused(Refuse.AllocationExceedsQuota, "places");
        Allocate(AProgrammeAllocatedDownToLiangzhou(), RegionCode.Of("620621"), 601).IsRefused(Refuse.AllocationExceedsQuota, "places");
    }

    private static (string, int) NameAndLimit(Pool pool) => (pool.Name, pool.Limit);

    [Fact]
    public void Who_acts_for_a_place_below_takes_nothing_out_of_the_pool_above()
    {
        var ofLiangzhou = PlanAdmin with { Region = Liangzhou };
        AllocatePlacesHandler.Handle(new AllocatePlaces(ProgrammeCode, Liangzhou, 1), AProgramme(), ofLiangzhou)
            .IsRefused(Refuse.OutsideRegion, "region");
    }

    [Fact]
    public void Each_level_has_the_places_it_did_not_pass_on()
    {
        var programme = AProgrammeAllocatedDownToLiangzhou();
        Assert.Equal(($"{Root}/620602", 100), NameAndLimit(programme.PoolFor(Liangzhou)));
        Assert.Equal(($"{Root}/6206", 600), NameAndLimit(programme.PoolFor(Wuwei)));
        Assert.Equal(($"{Root}/6206", 600), NameAndLimit(programme.PoolFor(RegionCode.Of("620621"))));
        Assert.Equal((Root, 9_300), NameAndLimit(programme.PoolFor(Lanzhou)));
        Assert.Equal((Root, 9_300), NameAndLimit(programme.PoolFor(Gansu)));
    }

    [Fact]
    public void The_pools_of_a_programme_add_up_to_its_quota()
    {
        Assert.Equal([(Root, 9_300), ($"{Root}/6206", 600), ($"{Root}/620602", 100)],
            AProgrammeAllocatedDownToLiangzhou().Pools.Select(NameAndLimit));
        Assert.Equal([(Root, 10_000)], AProgramme().Pools.Select(NameAndLimit));
    }

    [Fact]
    public void A_budget_is_told_from_places_whatever_the_programme_is_called()
    {
        Assert.All((string[])[ProgrammeCode, "budget"], code => Assert.True(Programme.IsBudget(Programme.BudgetPool(code))));
        Assert.All((string[])[ProgrammeCode, "budget"], code => Assert.False(Programme.IsBudget(Programme.RootPool(code))));
        Assert.False(Programme.IsBudget(Allocated(Wuwei, 1, Root).Pool));
    }

    [Fact]
    public void A_region_is_allocated_once() =>
        Allocate(AProgrammeAllocatedDownToLiangzhou(), Wuwei, 1).IsRefused(Refuse.AllocationExists, "region");

    [Fact]
    public void Places_are_allocated_from_the_top_down() =>
        Allocate(AProgramme().After(Allocated(Liangzhou, 100, Root)), Wuwei, 700).IsRefused(Refuse.AllocationExists, "region");

    [Fact]
    public void A_region_outside_the_programme_is_refused() =>
        Allocate(AProgramme(), RegionCode.Of("61"), 1).IsRefused(Refuse.RegionNotCovered, "region");

    [Fact]
    public void Who_acts_for_a_city_allocates_nothing_elsewhere() =>
        AllocatePlacesHandler.Handle(new AllocatePlaces(ProgrammeCode, Lanzhou, 1), AProgramme(), PlanAdmin with { Region = Wuwei })
            .IsRefused(Refuse.OutsideRegion, "region");

    [Fact]
    public void Places_already_taken_cannot_be_allocated()
    {
        var world = World.WithAProgramme(quota: 2);
        world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>();
        world.Do(PlanAdmin, new AllocatePlaces(ProgrammeCode, Wuwei, 2)).IsRefused(Refuse.AllocationExceedsQuota, "places");
        world.Do(PlanAdmin, new AllocatePlaces(ProgrammeCode, Wuwei, 1)).The<PlacesAllocated>();
    }

    [Fact]
    public void The_request_has_a_shape() =>
        Assert.Equal(["places", "region"], new AllocatePlaces(ProgrammeCode, RegionCode.National, 0).BrokenFields());

    private static void Leaves(Decision decision, string pool, long limit)
    {
        var places = Assert.Single(decision.Places);
        Assert.Equal((new PlaceChange(pool, 0, limit), Refuse.AllocationExceedsQuota.Code), (places.Change, places.Otherwise!.Code));
    }

    private static Decision Allocate(Programme programme, RegionCode region, int places) =>
        AllocatePlacesHandler.Handle(new AllocatePlaces(ProgrammeCode, region, places), programme, PlanAdmin);
}
