namespace ClaimsEngine.Rosters.Sheets;

/// <summary>Everything that can be wrong in a roster, with its published code.</summary>
public static class RosterFaults
{
    private static readonly List<RosterFaultCode> Codes = [];

    public static IReadOnlyList<RosterFaultCode> All => Codes;

    // the file
    public static readonly RosterFaultCode EmptyFile = File("empty-file", "the file is empty", "文件为空");
    public static readonly RosterFaultCode FileTooLarge = File("file-too-large", "the file is too large", "文件过大");
    public static readonly RosterFaultCode OldWorkbook = File(
        "old-workbook", "this is a workbook of Excel 97-2003 (.xls); save it as .xlsx or CSV",
        "这是 Excel 97-2003 格式（.xls），请另存为 .xlsx 或 CSV");
    public static readonly RosterFaultCode EncryptedWorkbook = File(
        "encrypted-workbook", "the workbook is protected by a password; save it without one", "工作簿设有打开密码，请取消密码后再上传");
    public static readonly RosterFaultCode MacroWorkbook = File(
        "macro-workbook", "the workbook holds macros; save it as .xlsx", "工作簿含有宏，请另存为不含宏的 .xlsx");
    public static readonly RosterFaultCode NotAWorkbook = File(
        "not-a-workbook", "the file is a container, but no workbook; save the sheet as .xlsx or CSV", "文件不是 Excel 工作簿，请另存为 .xlsx 或 CSV");
    public static readonly RosterFaultCode DamagedWorkbook = File(
        "damaged-workbook", "the workbook is damaged or incomplete; save and send it again", "工作簿已损坏或不完整，请重新保存后上传");
    public static readonly RosterFaultCode ExpandsTooMuch = File(
        "expands-too-much", "the workbook grows too much when it is unpacked", "工作簿解压后过大");
    public static readonly RosterFaultCode TooManySharedStrings = File(
        "too-many-shared-strings", "the workbook holds more text than can be read at once; split it or send CSV", "工作簿文本过多，请拆分或改用 CSV");
    public static readonly RosterFaultCode TooManyMergedCells = File(
        "too-many-merged-cells", "the sheet holds too many merged cells", "工作表合并单元格过多");
    public static readonly RosterFaultCode ForbiddenXml = File(
        "forbidden-xml", "the workbook's XML holds a document type or CDATA, which no spreadsheet program writes", "工作簿内含不允许的 XML 声明");
    public static readonly RosterFaultCode NotText = File(
        "not-text", "the file is neither a workbook nor text: it holds NUL characters; save the sheet as .xlsx or CSV",
        "文件既不是工作簿也不是文本（含空字符），请另存为 .xlsx 或 CSV");
    public static readonly RosterFaultCode UnsupportedEncoding = File(
        "unsupported-encoding", "the text is UTF-16 or UTF-32 (\"Unicode text\"); save it as CSV UTF-8",
        "文件为 UTF-16/UTF-32 编码（“Unicode 文本”），请另存为 CSV UTF-8");
    public static readonly RosterFaultCode UndecodableText = File(
        "undecodable-text", "the text is neither UTF-8 nor GB18030", "文件编码既不是 UTF-8 也不是 GB18030");
    public static readonly RosterFaultCode WebPage = File(
        "web-page", "this is a web page or XML, though its name may say .xls; save it as .xlsx or CSV",
        "这是网页或 XML 文件（扩展名可能是 .xls），请另存为 .xlsx 或 CSV");
    public static readonly RosterFaultCode BrokenQuotes = File(
        "broken-quotes", "the quotation marks are broken, so that it can't be told where rows end", "引号不配对，无法判断行的边界");
    public static readonly RosterFaultCode RowTooLong = File(
        "row-too-long", "a row is too long; a quotation mark may be missing", "行过长，可能缺少引号");
    public static readonly RosterFaultCode TooManyRows = File("too-many-rows", "the sheet holds too many rows; split it", "行数过多，请拆分");
    public static readonly RosterFaultCode TooManyColumns = File("too-many-columns", "the sheet holds too many columns", "列数过多");
    public static readonly RosterFaultCode HeaderNotFound = File(
        "header-not-found", "no row with the headings of a roster was found", "未找到花名册表头");
    public static readonly RosterFaultCode SeveralSheets = File(
        "several-sheets", "several sheets hold a roster; send one at a time", "多个工作表含有花名册，请只保留一个");
    public static readonly RosterFaultCode UnknownHeading = File("unknown-heading", "a heading is not known", "存在无法识别的列名");
    public static readonly RosterFaultCode MissingHeading = File("missing-heading", "a heading that is needed is missing", "缺少必需的列");
    public static readonly RosterFaultCode RepeatedHeading = File("repeated-heading", "two headings mean the same", "列重复");
    public static readonly RosterFaultCode NoRows = File("no-rows", "there is no row below the header", "表头下没有数据");

    // a row and its cells, whatever they mean
    public static readonly RosterFaultCode HiddenRow = Row("hidden-row", "the row is hidden; show it or delete it", "该行被隐藏，请取消隐藏或删除");
    public static readonly RosterFaultCode CellCount = Row("cell-count", "the row has not as many cells as the header", "该行单元格数与表头不符");
    public static readonly RosterFaultCode CellWithoutHeading = Row(
        "cell-without-heading", "the cell stands below no heading", "该单元格所在列没有列名");
    public static readonly RosterFaultCode MergedCells = Row(
        "merged-cells", "the cell is merged with others; give every row its own", "单元格为合并单元格，请取消合并并逐行填写");
    public static readonly RosterFaultCode FormulaCell = Row(
        "formula-cell", "the cell holds a formula; paste its value", "单元格为公式，请粘贴为数值");
    public static readonly RosterFaultCode FormulaText = Row(
        "formula-text", "the text begins like a formula (= + - @)", "内容以 = + - @ 开头，疑似公式");
    public static readonly RosterFaultCode ErrorCell = Row("error-cell", "the cell holds an error of the spreadsheet", "单元格为错误值");
    public static readonly RosterFaultCode CellTooLong = Row(
        "cell-too-long", "the cell holds more than 32,767 characters and was cut", "单元格超过 32767 个字符，已截断");
    public static readonly RosterFaultCode DigitsLost = Row(
        "digits-lost",
        "the spreadsheet stored the number with 15 digits at most, so that its end is lost; format the column as text and write it again",
        "该号码被存为数值，超过15位的部分已丢失，请将列设为文本格式后重新填写");
    public static readonly RosterFaultCode ControlCharacter = Row(
        "control-character", "the cell holds a line break or a control character", "单元格含换行或控制字符");
    public static readonly RosterFaultCode ValueMissing = Row("value-missing", "the cell is empty", "内容为空");
    public static readonly RosterFaultCode TextTooLong = Row("text-too-long", "the text is too long", "内容过长");

    // what the cells mean
    public static readonly RosterFaultCode IdentityNumberShape = Row(
        "identity-number-shape", "an identity number has 17 digits and a check character 0-9 or X (or 15 digits, the old form)",
        "身份证号应为18位（前17位为数字，末位为数字或X）或15位旧号");
    public static readonly RosterFaultCode IdentityNumberInvalid = Row(
        "identity-number-invalid", "the identity number names no province or an impossible birth date", "身份证号的地区或出生日期不存在");
    public static readonly RosterFaultCode IdentityNumberCheck = Row(
        "identity-number-check", "the identity number's check character is wrong (GB 11643): a digit is mistyped", "身份证号校验位错误，请核对");
    public static readonly RosterFaultCode UnknownOccupation = Row("unknown-occupation", "the occupation is not in the list", "职业不在列表中");
    public static readonly RosterFaultCode UnknownRegion = Row(
        "unknown-region", "the region is no code or name of GB/T 2260 (620602, 凉州区, 甘肃省武威市凉州区)", "地区不是有效的行政区划代码或名称（如 620602、甘肃省武威市凉州区）");
    public static readonly RosterFaultCode AmbiguousRegion = Row("ambiguous-region", "several regions have this name", "有多个同名地区，请写明省市");
    public static readonly RosterFaultCode InvalidUnits = Row("invalid-units", "units are a whole number from 1 to 100", "份数应为1至100的整数");
    public static readonly RosterFaultCode InvalidPhone = Row("invalid-phone", "a telephone number has 5 to 20 digits", "电话号码应为5至20位数字");
    public static readonly RosterFaultCode IncompleteAccount = Row(
        "incomplete-account", "an account needs its bank and its number", "银行账户信息不全，需填开户行和卡号");
    public static readonly RosterFaultCode InvalidAccountNumber = Row(
        "invalid-account-number", "a bank card number has 12 to 19 digits with a check digit (Luhn)", "银行卡号应为12至19位数字且通过校验");
    public static readonly RosterFaultCode AccountNotOwn = Row("account-not-own", "the account must be the member's own", "户名须与本人姓名一致");
    public static readonly RosterFaultCode InvalidSex = Row("invalid-sex", "sex is 男 or 女", "性别应为男或女");
    public static readonly RosterFaultCode SexContradicts = Row("sex-contradicts", "the identity number says another sex", "性别与身份证号不符");
    public static readonly RosterFaultCode InvalidBirthDate = Row(
        "invalid-birth-date", "the birth date is no date (1990-01-31)", "出生日期无效（如 1990-01-31）");
    public static readonly RosterFaultCode BirthDateContradicts = Row(
        "birth-date-contradicts", "the identity number says another birth date", "出生日期与身份证号不符");

    public static readonly RosterFaultCode InvalidHireDate = Row(
        "invalid-hire-date", "the day of hire is no date (2025-10-20)", "入职日期无效（如 2025-10-20）");
    public static readonly RosterFaultCode InvalidDate = Row("invalid-date", "this is no date (2025-10-20)", "日期无效（如 2025-10-20）");
    public static readonly RosterFaultCode InvalidMonths = Row(
        "invalid-months", "months are a whole number from 1 to 1200", "月数应为1至1200的整数");
    public static readonly RosterFaultCode InvalidEmployerCode = Row(
        "invalid-unit-code", "an employer's code has 1 to 40 letters, digits and hyphens", "单位代码应为1至40位字母、数字或连字符");
    public static readonly RosterFaultCode ProgrammeOrPlan = Row(
        "programme-or-plan", "a row names either a programme or a plan", "每行须填项目或计划之一");
    public static readonly RosterFaultCode DuplicateInFile = Row(
        "duplicate-in-file", "an earlier row has the same identity number", "身份证号与前面的行重复");

    // taken, but not as it was written
    public static readonly RosterFaultCode IdentityNumberUpgraded = Note(
        "identity-number-upgraded", "the old identity number of 15 digits was taken in its form of 18 (GB 11643)", "15位旧身份证号已按18位读取");

    internal static RosterFileFault Fault(this RosterFaultCode rule, string? detail = null, string? detailZh = null) => detail is null
        ? new(rule, rule.Text, rule.TextZh) : new(rule, $"{rule.Text}: {detail}", $"{rule.TextZh}：{detailZh ?? detail}");

    /// <summary>The same to be thrown.</summary>
    internal static UnreadableException Unreadable(this RosterFaultCode rule, string? detail = null, string? detailZh = null) =>
        new(rule.Fault(detail, detailZh));

    internal static RosterFault At(this RosterFaultCode rule, int row, string? column, string? detail = null, string? detailZh = null)
    {
        var fault = rule.Fault(detail, detailZh);
        return new(row, column, rule, fault.Text, fault.TextZh);
    }

    private static RosterFaultCode File(string code, string text, string textZh) => Listed(new(code, RosterFaultScope.File, text, textZh));

    private static RosterFaultCode Row(string code, string text, string textZh) => Listed(new(code, RosterFaultScope.Row, text, textZh));

    private static RosterFaultCode Note(string code, string text, string textZh) => Listed(new(code, RosterFaultScope.Note, text, textZh));

    private static RosterFaultCode Listed(RosterFaultCode code)
    {
        Codes.Add(code);
        return code;
    }
}
