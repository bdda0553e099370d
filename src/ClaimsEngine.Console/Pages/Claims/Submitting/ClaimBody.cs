using System.Globalization;
using System.Text.Json.Nodes;
using ClaimsEngine.Console.Parts;
using ClaimsEngine.Members;
using Microsoft.AspNetCore.Http;

namespace ClaimsEngine.Console.Pages.Claims.Submitting;

/// <summary>From the fields of a claim's form to the body of its command: what the form need not ask twice is filled in.</summary>
public static class ClaimBody
{
    private const string Self = "self";

    private static readonly string[] DateNames = ["date", "admitted", "discharged", "diagnosedOn"];
    private static readonly string[] AmountNames = ["total", "inScope", "ownShare", "amount"];

    /// <summary>The fields of incidents as they were typed, for a preview.</summary>
    public static JsonObject Incidents(IFormCollection form) => FormBody.Of(
        form.Keys
            .Where(name => name.StartsWith("incident.", StringComparison.Ordinal) || name.StartsWith("benefits.", StringComparison.Ordinal))
            .Select(name => (name, KindOf(name))),
        name => form[name]);

    /// <param name="member">whose certificate it is; null where the form itself names the member</param>
    public static JsonObject Of(JsonObject body, PersonView? member)
    {
        if (body["incident"] is JsonObject incident) Incident(incident);
        Receipts(body);
        foreach (var benefit in (body["benefits"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (benefit["incident"] is JsonObject own) Incident(own);
            Receipts(benefit);
        }
        People(body, member);
        return body;
    }

    /// <summary>An incident as the API takes it.</summary>
    public static void Incident(JsonObject incident)
    {
        Whole(incident, "grade");
        foreach (var injury in Rows(incident, "injuries")) Whole(injury, "grade");
        foreach (var admission in Rows(incident, "admissions")) Whole(admission, "hospitalGrade");
        if (incident["circumstances"] is JsonObject found)
            incident["circumstances"] = new JsonArray([.. found.Select(one => JsonValue.Create(one.Key))]);
        // A source that paid nothing is none.
        if (Rows(incident, "otherPayments").Where(payment => payment["amount"] is not null).ToArray() is { Length: > 0 } payments)
            incident["otherPayments"] = new JsonArray([.. payments.Select(payment => payment.DeepClone())]);
        else incident.Remove("otherPayments");
        // The incident of a stay in hospital is its first admission; that of an illness its diagnosis, where no earlier day is told.
        if (incident["date"] is null
            && (Rows(incident, "admissions").Select(admission => Text(admission, "admitted")).OfType<string>()
                .Order(StringComparer.Ordinal).FirstOrDefault() ?? Text(incident, "diagnosedOn")) is { } day)
            incident["date"] = day;
    }

    private static void People(JsonObject body, PersonView? member)
    {
        var (name, number) = (member?.Name ?? Text(body["member"], "name"), member?.IdNumber ?? Text(body["member"], "idNumber"));
        var isDeath = new[] { body["incident"] }.Concat((body["benefits"] as JsonArray ?? []).Select(benefit => benefit?["incident"]))
            .Any(incident => Text(incident, "kind") is "accidentDeath" or "illnessDeath");
        if (body["claimant"] is JsonObject claimant)
        {
            if (Text(claimant, "relation") == Self)
            {
                claimant["name"] = name;
                claimant["idNumber"] = number;
            }
            Holder(claimant["account"], isDeath ? Text(claimant, "name") : name);
            foreach (var heir in Rows(body, "heirs")) Heir(heir, claimant);
        }
        Holder(body["memberAccount"], name);
        if (body["applicant"] is not JsonObject applicant) return;
        if (Text(applicant, "kind") is null) body.Remove("applicant");
        else if (Text(applicant, "kind") != "agent")
        {
            applicant.Remove("name");
            applicant.Remove("phone");
        }
    }

    // An heir who claims is the same person in both places, and is typed once.
    private static void Heir(JsonObject heir, JsonObject claimant)
    {
        if (Text(heir, "idNumber") is { } number && number == Text(claimant, "idNumber"))
        {
            foreach (var same in new[] { "name", "relation", "account" })
                if (heir[same] is null && claimant[same] is { } known) heir[same] = known.DeepClone();
        }
        Holder(heir["account"], Text(heir, "name"));
        if (Text(heir, "share") is { } share && ShareOf(share) is { } fraction) heir["share"] = fraction;
    }

    /// <summary>People write a share as <c>1/3</c> or <c>50%</c>.</summary>
    private static JsonObject? ShareOf(string text)
    {
        text = text.Replace('／', '/').Replace('％', '%').Trim();
        if (text.EndsWith('%'))
        {
            if (!decimal.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
                || percent * 10 != decimal.Truncate(percent * 10) || percent > 1000) return null;
            return percent == decimal.Truncate(percent) ? Fraction((int)percent, 100) : Fraction((int)(percent * 10), 1000);
        }
        return text.Split('/') is [var numerator, var denominator]
            && int.TryParse(numerator, NumberStyles.None, CultureInfo.InvariantCulture, out var above)
            && int.TryParse(denominator, NumberStyles.None, CultureInfo.InvariantCulture, out var below) ? Fraction(above, below) : null;
    }

    private static JsonObject Fraction(int numerator, int denominator) =>
        new() { ["numerator"] = numerator, ["denominator"] = denominator };

    /// <summary>An account is the payee's own unless another holder is typed.</summary>
    private static void Holder(JsonNode? account, string? payee)
    {
        if (account is JsonObject own && own["holder"] is null && payee is not null) own["holder"] = payee;
    }

    private static void Receipts(JsonObject body)
    {
        if (Text(body, "receipts") is not { } typed) return;
        body["receipts"] = new JsonArray([.. typed.Split([' ', ',', ';', '\n', '\r', '\t', '，', '、', '；'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(number => JsonValue.Create(number))]);
    }

    // A choice gives text; the API takes a number.
    private static void Whole(JsonObject of, string name)
    {
        if (Text(of, name) is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            of[name] = number;
    }

    private static IEnumerable<JsonObject> Rows(JsonObject of, string name) => (of[name] as JsonArray ?? []).OfType<JsonObject>();

    private static string? Text(JsonNode? of, string name) =>
        (of as JsonObject)?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static FieldKind KindOf(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        return name.Contains(".circumstances.", StringComparison.Ordinal) ? FieldKind.Flag
            : DateNames.Contains(last) ? FieldKind.Date
            : AmountNames.Contains(last) ? FieldKind.Money : FieldKind.Text;
    }
}
