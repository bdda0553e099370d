namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Employers over HTTP: registered, counted, listed, and named by an enrolment.</summary>
public sealed class EmployerTests(ApiFixture api) : ApiTest(api)
{
    [Fact]
    public async Task An_employer_is_registered_counted_shown_and_listed_in_its_region()
    {
        var code = Sample.NewCode("employer");
        var made = (await Officer.Post("/api/employers", Sample.AnEmployer(code))).Is(201);
        Assert.Equal($"/api/employers/{code}", made.Location);
        await ChangesNothing(() => Officer.Post("/api/employers", Sample.AnEmployer(code)));
        await Refused(() => Officer.Post("/api/employers", Sample.AnEmployer(code, staff: 99)), 409, "unit-exists", "code");
        await Refused(() => Officer.Post("/api/employers", Sample.AnEmployer(Sample.NewCode("employer"), region: "6201")),
            403, "outside-region", "region");

        var counted = (await Officer.Post($"/api/employers/{code}/staff", new { staff = 120, women = 60 }, made.ETag)).Is(200);
        Assert.Equal((120, 60), ((int)counted["staff"]!, (int)counted["women"]!));
        await Refused(() => Officer.Post($"/api/employers/{code}/staff", new { staff = 10, women = 11 }, counted.ETag),
            422, "invalid-request", "women");

        var row = Assert.Single((await Officer.Get($"/api/employers?code={code}&region=6206", counted.Position)).Is(200).Items)!;
        Assert.Equal((120, 60, "620602"), ((int)row["staff"]!, (int)row["women"]!, (string)row["region"]!));
        Assert.Empty((await Officer.Get($"/api/employers?code={code}&region=6201", counted.Position)).Is(200).Items);
        var far = Api.As("far", "officer", "6201");
        Assert.Empty((await far.Get($"/api/employers?code={code}", counted.Position)).Is(200).Items);
        (await far.Get($"/api/employers/{code}")).IsProblemOf(404, "not-found");
        await Refused(() => far.Do($"/api/employers/{code}/staff", new { staff = 1, women = 1 }), 404, "not-found");
    }

    [Fact]
    public async Task What_was_stored_when_employers_were_called_units_is_still_an_employer()
    {
        var code = await RegisteredEmployer();
        var stream = EmployerId.Of(code).Value;
        Assert.Equal("unit_registered", await Api.Ask("SELECT type FROM claims.mt_events WHERE stream_id = $1", stream));
        Assert.Equal(code, await Api.Ask("SELECT data ->> 'unit' FROM claims.mt_events WHERE stream_id = $1", stream));
        Assert.Equal("unit",
            await Api.Ask("UPDATE claims.mt_streams SET type = 'unit' WHERE id = $1 AND type = 'employer' RETURNING type", stream));
        (await Officer.Get($"/api/employers/{code}")).Is(200);
        var counted = (await Officer.Do($"/api/employers/{code}/staff", new { staff = 7, women = 3 })).Is(200);
        var row = Assert.Single((await Officer.Get($"/api/employers?code={code}", counted.Position)).Is(200).Items)!;
        Assert.Equal(7, (int)row["staff"]!);
    }

    [Fact]
    public async Task The_first_enrolment_of_an_employer_begins_its_cover_which_others_join()
    {
        var (employer, programme) = (await RegisteredEmployer(), await OpenProgramme());
        var enrolments = new List<string>();
        for (var i = 0; i < 2; i++)
            enrolments.Add((await Officer.Post("/api/enrolments", OfEmployer(employer, programme))).Is(201).Text("id"));
        var cover = Assert.Single((await Officer.Get($"/api/employers/{employer}")).Is(200)["covers"]!.AsArray())!;
        Assert.Equal((programme, "2025-01-01", "2025-12-31", 1),
            ((string)cover["programme"]!, (string)cover["from"]!, (string)cover["to"]!, (int)cover["units"]!));
        var listed = (await Officer.Get($"/api/enrolments?employer={employer}", await LastPosition()))
            .Is(200).Items.Select(item => (string)item!["id"]!);
        Assert.Equal(enrolments.Order(), listed.Order());
        await Refused(() => Officer.Post("/api/enrolments", OfEmployer("no-such-employer", programme)), 422, "unknown-unit", "employer");
        await Refused(() => Officer.Post("/api/enrolments", OfEmployer("单位", programme)), 422, "invalid-request", "employer");
    }

    private static object OfEmployer(string employer, string programme)
    {
        var person = Sample.NewPerson();
        return new { programme, employer, hiredOn = "2025-01-01",
            person = new { name = person.Name, idNumber = person.IdNumber, occupation = "courier", region = "620602" } };
    }
}
