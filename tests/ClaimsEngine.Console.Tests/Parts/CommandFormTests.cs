using Bunit;
using ClaimsEngine.Console.Parts;
using ClaimsEngine.Console.Words;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace ClaimsEngine.Console.Tests.Parts;

/// <summary>A form that becomes a command: what is sent, and where the answer's words go.</summary>
public sealed class CommandFormTests : PartTest
{
    [Fact]
    public async Task The_fields_are_sent_with_the_version_that_was_shown_and_the_key_of_the_page()
    {
        Door.Answers(200, new { });
        await Drawn(sent: new() { ["amount"] = "1,200", ["reason"] = "材料齐全", ["_key"] = "k-1",
            ["_version"] = "7" }).Find("form").SubmitAsync();
        var asked = Assert.Single(Door.Requests);
        Assert.Equal((HttpMethod.Post, "/api/claims/1/approval", "\"7\"", "k-1"), (asked.Method, asked.Address, asked.Version, asked.Key));
        Assert.Equal("""{"amount":"1200.00","reason":"材料齐全"}""", System.Text.RegularExpressions.Regex.Unescape(asked.Body));
        Assert.EndsWith("?done=approve", Services.GetRequiredService<NavigationManager>().Uri);
    }

    [Fact]
    public async Task A_fault_stands_beside_the_field_that_it_names()
    {
        Door.Answers(422, new
        {
            status = 422, code = "invalid-request", title = "The request is not valid",
            errors = new Dictionary<string, string[]> { ["amount"] = ["must not be more than 120000.00"],
                ["claim.owner"] = ["is unknown"] },
        });
        var form = Drawn(sent: new() { ["amount"] = "900000", ["reason"] = "R" });
        await form.Find("form").SubmitAsync();
        var amount = form.Find("[name=amount]");
        Assert.Equal("true", amount.GetAttribute("aria-invalid"));
        Assert.Contains("must not be more than 120000.00", form.Find("#" + amount.GetAttribute("aria-describedby")).TextContent);
        Assert.Null(form.Find("[name=reason]").GetAttribute("aria-invalid"));
        // what belongs to no field is told above them, and what stands beside one is not told twice
        var note = form.Find("[role=alert]").TextContent;
        Assert.Contains("claim.owner", note);
        Assert.DoesNotContain("must not be more", note);
    }

    [Fact]
    public async Task A_fault_of_a_whole_part_stands_at_the_first_field_of_it()
    {
        Door.Answers(422, Problem("person.account", "is of another holder"));
        var form = Drawn(sent: [], fields: ["person.name", "person.account.number", "person.account.holder"]);
        await form.Find("form").SubmitAsync();
        Assert.Equal(["person.account.number"], form.FindAll("[aria-invalid=true]").Select(field => field.GetAttribute("name")));
    }

    [Fact]
    public async Task A_fault_inside_a_field_stands_at_it()
    {
        Door.Answers(422, Problem("kinds.0", "is unknown"));
        var form = Drawn(sent: [], fields: ["kind", "kinds"]);
        await form.Find("form").SubmitAsync();
        Assert.Equal(["kinds"], form.FindAll("[aria-invalid=true]").Select(field => field.GetAttribute("name")));
    }

    [Fact]
    public async Task A_stale_version_tells_what_others_did_keeps_what_was_typed_and_goes_on_from_there()
    {
        Door.Answers(412, new
        {
            status = 412, code = "stale-version", title = "The claim has changed", titleZh = "申领已变更", version = 9,
            changes = new[] { new { version = 9, type = "claim_assessed", at = "2026-01-31T16:00:00Z", by = "chen",
                textZh = "chen 核定了申领" } },
        });
        var form = Drawn(sent: new() { ["reason"] = "我写的理由", ["_version"] = "7", ["_key"] = "k-1" });
        await form.Find("form").SubmitAsync();
        Assert.Contains("chen 核定了申领", form.Find("[role=alert]").TextContent);
        Assert.Contains("2026-02-01 00:00:00", form.Find("[role=alert]").TextContent);
        Assert.Equal("我写的理由", form.Find("[name=reason]").GetAttribute("value"));
        Assert.Equal("9", form.Find("[name=_version]").GetAttribute("value"));
        Assert.NotEqual("k-1", form.Find("[name=_key]").GetAttribute("value"));
    }

    [Fact]
    public async Task The_reader_s_language_decides_which_title_is_shown()
    {
        Signed(Role.Approver, Language.English);
        Door.Answers(409, new { status = 409, code = "wrong-state", title = "The claim is not assessed", titleZh = "申领尚未核定" });
        var form = Drawn(sent: []);
        await form.Find("form").SubmitAsync();
        Assert.Contains("The claim is not assessed", form.Find("[role=alert]").TextContent);
        Assert.DoesNotContain("申领尚未核定", form.Markup);
    }

    [Fact]
    public void A_form_that_was_not_sent_shows_its_values_and_not_those_of_another_form()
    {
        Request.Request.Form = new FormCollection(new() { ["_handler"] = "another", ["reason"] = "of the other form" });
        Request.Request.ContentType = "application/x-www-form-urlencoded";
        var form = Rendered(["reason"], value: "of this page");
        Assert.Equal("of this page", form.Find("[name=reason]").GetAttribute("value"));
        Assert.Equal("7", form.Find("[name=_version]").GetAttribute("value"));
    }

    [Fact]
    public void What_was_typed_is_text()
    {
        var form = Drawn(sent: new() { ["reason"] = "\"><script>alert(1)</script>" });
        Assert.Empty(form.FindAll("script"));
        Assert.Equal("\"><script>alert(1)</script>", form.Find("[name=reason]").GetAttribute("value"));
    }

    private static object Problem(string field, string text) => new
    {
        status = 422, code = "invalid-request", title = "The request is not valid", errors = new Dictionary<string,
            string[]> { [field] = [text] },
    };

    /// <summary>The form on the page that answers to its being sent.</summary>
    private IRenderedComponent<CommandForm> Drawn(Dictionary<string, StringValues> sent, string[]? fields = null)
    {
        Request.Request.Method = "POST";
        Request.Request.ContentType = "application/x-www-form-urlencoded";
        Request.Request.Form = new FormCollection(new Dictionary<string, StringValues>(sent) { ["_handler"] = "approve" });
        return Rendered(fields ?? ["amount", "reason"]);
    }

    private IRenderedComponent<CommandForm> Rendered(string[] fields, string? value = null) => Render<CommandForm>(form => form
        .AddCascadingValue<HttpContext>(Request)
        .Add(part => part.Name, "approve").Add(part => part.Address, "/api/claims/1/approval").Add(part => part.Version, 7)
        .Add(part => part.ChildContent, builder =>
        {
            foreach (var field in fields)
            {
                builder.OpenComponent<Field>(0);
                builder.AddComponentParameter(1, nameof(Field.Name), field);
                builder.AddComponentParameter(2, nameof(Field.Label), field);
                builder.AddComponentParameter(3, nameof(Field.Value), value);
                if (field == "amount") builder.AddComponentParameter(4, nameof(Field.Kind), FieldKind.Money);
                builder.CloseComponent();
            }
        }));
}
