namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Units over HTTP: registered, counted, listed, and named by an enrolment.</summary>
public sealed class UnitTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task A_unit_is_registered_counted_shown_and_listed_in_its_region()
    {
        var code = Sample.NewCode("unit");
        var made = (await Officer.Post("/api/units", Sample.Unit(code))).Is(201);
        Assert.Equal($"/api/units/{code}", made.Location);
        await ChangesNothing(() => Officer.Post("/api/units", Sample.Unit(code)));
        await Refused(() => Officer.Post("/api/units", Sample.Unit(code, staff: 99)), 409, "unit-exists", "code");
        await Refused(() => Officer.Post("/api/units", Sample.Unit(Sample.NewCode("unit"), region: "6201")), 403, "outside-region", "region");

        var counted = (await Officer.Post($"/api/units/{code}/staff", new { staff = 120, women = 60 }, made.ETag)).Is(200);
        Assert.Equal((120, 60), ((int)counted["staff"]!, (int)counted["women"]!));
        await Refused(() => Officer.Post($"/api/units/{code}/staff", new { staff = 10, women = 11 }, counted.ETag), 422, "invalid-request", "women");

        var row = Assert.Single((await Officer.Get($"/api/units?code={code}&region=6206", counted.Position)).Is(200).Items)!;
        Assert.Equal((120, 60, "620602"), ((int)row["staff"]!, (int)row["women"]!, (string)row["region"]!));
        Assert.Empty((await Officer.Get($"/api/units?code={code}&region=6201", counted.Position)).Is(200).Items);
        var far = Api.As("far", "officer", "6201");
        Assert.Empty((await far.Get($"/api/units?code={code}", counted.Position)).Is(200).Items);
        (await far.Get($"/api/units/{code}")).IsProblemOf(404, "not-found");
        await Refused(() => far.Do($"/api/units/{code}/staff", new { staff = 1, women = 1 }), 404, "not-found");
    }

    [Fact]
    public async Task The_first_enrolment_of_a_unit_begins_its_cover_which_others_join()
    {
        var (unit, programme) = (await RegisteredUnit(), await OpenProgramme());
        var enrolments = new List<string>();
        for (var i = 0; i < 2; i++) enrolments.Add((await Officer.Post("/api/enrolments", OfUnit(unit, programme))).Is(201).Text("id"));
        var cover = Assert.Single((await Officer.Get($"/api/units/{unit}")).Is(200)["covers"]!.AsArray())!;
        Assert.Equal((programme, "2025-01-01", "2025-12-31", 1), ((string)cover["programme"]!, (string)cover["from"]!, (string)cover["to"]!, (int)cover["units"]!));
        var listed = (await Officer.Get($"/api/enrolments?unit={unit}", await LastPosition())).Is(200).Items.Select(item => (string)item!["id"]!);
        Assert.Equal(enrolments.Order(), listed.Order());
        await Refused(() => Officer.Post("/api/enrolments", OfUnit("no-such-unit", programme)), 422, "unknown-unit", "unit");
        await Refused(() => Officer.Post("/api/enrolments", OfUnit("单位", programme)), 422, "invalid-request", "unit");
    }

    private static object OfUnit(string unit, string programme)
    {
        var person = Sample.NewPerson();
        return new { programme, unit, hiredOn = "2025-01-01", person = new { name = person.Name, idNumber = person.IdNumber, occupation = "courier", region = "620602" } };
    }
}
