using System.Globalization;
using System.Xml;
using ClaimsEngine.Payouts;

namespace ClaimsEngine.Host.Banks;

/// <summary>
/// The transfers of a released batch as ISO 20022 <c>pain.001.001.09</c> (CustomerCreditTransferInitiationV09): one group and one payment
/// information, whose message id is the batch's number. <c>EndToEndId</c> is the payout's id without hyphens, 32 characters, since 35 are
/// the most. The same bytes each time: the time of creation is that of the release.
/// </summary>
public static class Pain001
{
    public const string Namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    private const string PaymentSystem = "CNAPS";

    public static byte[] Write(BankProfile bank, string number, ReleasedContent released, IReadOnlyList<BankFileLine> lines)
    {
        using var bytes = new MemoryStream();
        var form = new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using (var xml = XmlWriter.Create(bytes, form))
            new Message(xml, bank, number, released, lines).Write();
        return bytes.ToArray();
    }

    private sealed record Message(
        XmlWriter Xml, BankProfile Bank, string Number, ReleasedContent Released, IReadOnlyList<BankFileLine> Lines)
    {
        private readonly LocalDateTime at = Released.At.InBusinessZone();

        public void Write()
        {
            Xml.WriteStartDocument();
            Xml.WriteStartElement("Document", Namespace);
            Within("CstmrCdtTrfInitn", () =>
            {
                Within("GrpHdr", () =>
                {
                    Text("MsgId", Number);
                    // without a fraction, and with Shanghai's offset
                    Text("CreDtTm", at.ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+08:00");
                    Control();
                    Within("InitgPty", () => Text("Nm", Bank.Debtor.Name));
                });
                Within("PmtInf", Payment);
            });
            Xml.WriteEndElement();
        }

        private void Payment()
        {
            Text("PmtInfId", Number);
            Text("PmtMtd", "TRF");
            Control();
            Within("ReqdExctnDt", () => Text("Dt", at.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)));
            Within("Dbtr", () => Text("Nm", Bank.Debtor.Name));
            Account("DbtrAcct", Bank.Debtor.Account, currency: true);
            Agent("DbtrAgt", Bank.Debtor.Bank, Bank.Debtor.BankCode);
            foreach (var line in Lines) Within("CdtTrfTxInf", () => Transfer(line));
        }

        private void Transfer(BankFileLine line)
        {
            Within("PmtId", () => Text("EndToEndId", line.LineId.Value.ToString("N")));
            Within("Amt", () =>
            {
                Xml.WriteStartElement("InstdAmt", Namespace);
                Xml.WriteAttributeString("Ccy", line.Currency);
                Xml.WriteString(line.Amount.ToString());
                Xml.WriteEndElement();
            });
            Agent("CdtrAgt", line.Bank, null);
            Within("Cdtr", () => Text("Nm", line.AccountHolder));
            Account("CdtrAcct", line.AccountNumber, currency: false);
            Within("RmtInf", () => Text("Ustrd", TransfersCsv.Remark(Bank, line)));
        }

        private void Control()
        {
            Text("NbOfTxs", Lines.Count.ToString(CultureInfo.InvariantCulture));
            Text("CtrlSum", Released.Total.ToString());
        }

        private void Account(string name, string number, bool currency) => Within(name, () =>
        {
            Within("Id", () => Within("Othr", () => Text("Id", number)));
            if (currency) Text("Ccy", BankFile.Currency);
        });

        private void Agent(string name, string bank, string? code) => Within(name, () => Within("FinInstnId", () =>
        {
            if (code is not null)
                Within("ClrSysMmbId", () =>
                {
                    Within("ClrSysId", () => Text("Prtry", PaymentSystem));
                    Text("MmbId", code);
                });
            Text("Nm", bank);
        }));

        private void Within(string name, Action content)
        {
            Xml.WriteStartElement(name, Namespace);
            content();
            Xml.WriteEndElement();
        }

        private void Text(string name, string text) => Xml.WriteElementString(name, Namespace, text);
    }
}
