namespace ClaimsEngine.Kernel;

/// <summary>Every rule of the engine that can say no, with its published code. <c>GET /problems</c> lists them.</summary>
public static class Refuse
{
    private static readonly List<RefusalCode> Codes = [];

    public static IReadOnlyList<RefusalCode> All => Codes;

    // the request itself
    public static readonly RefusalCode InvalidRequest = Invalid("invalid-request", "The request is not valid", "请求内容有误");
    public static readonly RefusalCode KeyReused = Invalid(
        "idempotency-key-reused", "The Idempotency-Key was used for another request", "幂等键已用于另一请求");
    public static readonly RefusalCode RequestRunning = Conflict(
        "request-running", "The same request is still running", "相同请求正在处理");
    public static readonly RefusalCode NoSuch = new RefusalCode("not-found", RefusalKind.NotFound, "Not found", "未找到").Listed();
    public static readonly RefusalCode StaleVersion = new RefusalCode(
        "stale-version", RefusalKind.Stale, "The resource has changed since it was read", "数据已被更新，请刷新").Listed();
    public static readonly RefusalCode IfMatchMissing = new RefusalCode("if-match-required", RefusalKind.MatchRequired,
        "If-Match with the version that was read is required", "需要 If-Match 版本号").Listed();
    public static readonly RefusalCode Busy = Conflict(
        "busy", "Others changed the same things at the same time; try again", "并发冲突，请重试");
    public static readonly RefusalCode StorageFull = new RefusalCode(
        "storage-full", RefusalKind.NoRoom, "The storage is full; send the same again when there is room",
        "存储空间已满，待腾出空间后请重新提交").Listed();

    // who may
    public static readonly RefusalCode RoleMissing = Forbidden("role-missing", "Not within this role", "无此权限");
    public static readonly RefusalCode FourEyes = Forbidden(
        "four-eyes", "The same person may not do both steps", "同一人不得经办前后两个环节");
    public static readonly RefusalCode OverLimit = Forbidden(
        "over-approval-limit", "Above the approval limit of the union level", "超出本级审批限额");
    public static readonly RefusalCode HigherLevelNeeded = Forbidden(
        "higher-level-needed", "A higher union level decides an appeal", "复议须由上级工会决定");
    public static readonly RefusalCode DecidedAtHome = Forbidden(
        "decided-at-home", "The home office of the certificate does this", "须由参保地办事处办理");
    public static readonly RefusalCode NotDelegated = Forbidden(
        "not-delegated", "No delegation to this person is in force today", "今日无有效的授权委托");
    public static readonly RefusalCode DelegationNotOwn = Forbidden(
        "delegation-not-own", "Only who holds a duty himself delegates it, and only he ends that", "只能由本人委托或终止委托，不得转委托");
    public static readonly RefusalCode DelegationRunning = Conflict(
        "delegation-running", "Another delegation between the same people has not ended", "双方之间已有未结束的委托");
    public static readonly RefusalCode StandInAbsent = Conflict(
        "stand-in-absent", "The stand-in is absent when the delegation begins", "受托人在委托开始时不在岗");
    public static readonly RefusalCode OutsideRegion = Forbidden("outside-region", "The region lies outside your own", "超出所辖地区");

    // plans and programmes
    public static readonly RefusalCode UnknownPlan = Invalid("unknown-plan", "There is no such plan", "无此保障计划");
    public static readonly RefusalCode PlanNotEffective = Invalid(
        "plan-not-effective", "No version of the plan is effective on that day", "该日无有效的计划版本");
    public static readonly RefusalCode PlanVersionImmutable = Conflict(
        "plan-version-immutable", "A published plan version cannot be changed", "已发布的计划版本不可更改");
    public static readonly RefusalCode PlanVersionOrder = Conflict(
        "plan-version-order", "Plan versions are published in order", "计划版本须依次发布");
    public static readonly RefusalCode InvalidCard = Invalid("invalid-plan-card", "The plan card is not valid", "计划卡内容有误");
    public static readonly RefusalCode ProposalPending = Conflict(
        "proposal-pending", "Another card is proposed for this version", "该版本已有待确认的提案");
    public static readonly RefusalCode NotPublished = Invalid(
        "not-published", "The plan's source does not publish this rule", "来源未公布该项规则");
    public static readonly RefusalCode ProgrammeExists = Conflict("programme-exists", "A programme of this code exists", "项目代码已存在");
    public static readonly RefusalCode UnknownProgramme = Invalid("unknown-programme", "There is no such programme", "无此项目");
    public static readonly RefusalCode FundingMismatch = Invalid(
        "funding-mismatch", "The shares of the payers do not add up to the contribution", "分摊金额之和与会费不符");
    public static readonly RefusalCode AllocationExceedsQuota = Conflict(
        "allocation-exceeds-quota", "The places left do not suffice for the allocation", "可分配名额不足");
    public static readonly RefusalCode AllocationExists = Conflict(
        "allocation-exists", "The region has its allocation already", "该地区已有名额分配");

    // enrolment
    public static readonly RefusalCode QuotaExceeded = Conflict("quota-exceeded", "No place is left in the quota", "名额已满");
    public static readonly RefusalCode BudgetExceeded = Conflict(
        "budget-exceeded", "The sponsor's budget does not suffice", "项目预算不足");
    public static readonly RefusalCode OccupationNotCovered = Invalid(
        "occupation-not-covered", "The occupation is not covered", "职业不在保障范围");
    public static readonly RefusalCode RegionNotCovered = Invalid("region-not-covered", "The region is not covered", "地区不在保障范围");
    public static readonly RefusalCode AgeNotCovered = Invalid("age-not-covered", "The age is not covered", "年龄不在保障范围");
    public static readonly RefusalCode SexNotCovered = Invalid("sex-not-covered", "The plan is for the other sex", "性别不在保障范围");
    public static readonly RefusalCode TooManyUnits = Invalid("too-many-units", "More units than one person may hold", "超出可持份数");
    public static readonly RefusalCode AlreadyEnrolled = Conflict("already-enrolled", "The person has this cover already", "该人员已参保");
    public static readonly RefusalCode IdentityMismatch = Conflict(
        "identity-mismatch", "The identity number belongs to another name on record", "证件号码与登记姓名不符");

    public static readonly RefusalCode CoverDiffers = Invalid(
        "cover-differs", "By the plan's rules the cover has other dates", "保障期间与计划规则不符");
    public static readonly RefusalCode UnknownPayer = Invalid("unknown-payer", "Not one of the certificate's payers", "非本凭证的缴费方");
    public static readonly RefusalCode ShareExceeded = Conflict("share-exceeded", "More than the payer's share", "超出该缴费方应缴金额");
    public static readonly RefusalCode PaymentContradicts = Conflict(
        "payment-contradicts", "A payment of this reference was recorded otherwise", "该缴费凭据已按其他内容登记");
    public static readonly RefusalCode UnknownPayment = Invalid(
        "unknown-payment", "There is no such payment", "无此缴费记录");
    public static readonly RefusalCode NoExit = Conflict("no-exit", "The plan has no exit within the term", "保障期内不得退保");
    public static readonly RefusalCode BenefitDrawn = Conflict(
        "benefit-drawn", "A benefit was granted under this certificate", "已享受保障待遇");
    public static readonly RefusalCode ClaimsOpen = Conflict(
        "claims-open", "A claim under this certificate is open; an approver decides", "该凭证有未结申领，须由审批人决定");
    public static readonly RefusalCode NoDuplicate = Conflict(
        "no-duplicate", "The two certificates do not exclude each other", "两份凭证并不互相排斥");
    public static readonly RefusalCode NotInForce = Conflict("not-in-force", "The certificate is not in force", "参保凭证未生效或已终止");

    // employers
    public static readonly RefusalCode UnknownEmployer = Invalid("unknown-unit", "There is no such employer", "无此单位");
    public static readonly RefusalCode EmployerExists = Conflict(
        "unit-exists", "An employer of this code is registered with other content", "单位代码已登记且内容不同");
    public static readonly RefusalCode EmployerRequired = Invalid(
        "unit-required", "The plan takes people by their employer", "该计划须以单位参保");
    public static readonly RefusalCode EmployerElsewhere = Invalid(
        "unit-elsewhere", "The person's region does not fit the employer's", "人员地区与单位所在地不符");
    public static readonly RefusalCode UnitsDiffer = Conflict(
        "units-differ", "All members of the employer hold the same number of units", "同一单位参保份数须一致");
    public static readonly RefusalCode EntryWindowClosed = Conflict(
        "entry-window-closed", "The time to join the employer's cover has passed", "已过加入期限");

    // rosters
    public static readonly RefusalCode RosterUnreadable = Invalid("roster-unreadable", "The roster cannot be read", "花名册无法读取");
    public static readonly RefusalCode RowsNotAccepted = Conflict(
        "rows-not-accepted", "Rows of the roster cannot be accepted, so none was", "花名册中有行不能接受，整份未受理");
    public static readonly RefusalCode ParticipationTooLow = Conflict(
        "participation-too-low", "Too few people of the employer take part", "单位参保比例不足");
    public static readonly RefusalCode TooLargeForAllOrNothing = Invalid(
        "file-too-large-for-all-or-nothing", "The roster is too large to be accepted as a whole", "花名册过大，不能整份受理");

    // claims
    public static readonly RefusalCode UnknownEnrolment = Invalid("unknown-enrolment", "There is no such enrolment", "无此参保记录");
    public static readonly RefusalCode IncidentOutsideCover = Invalid(
        "incident-outside-cover", "The incident lies outside the cover", "事故日期不在保障期内");
    public static readonly RefusalCode IncidentInFuture = Invalid(
        "incident-in-future", "The incident lies in the future", "事故日期晚于今日");
    public static readonly RefusalCode BenefitNotCovered = Invalid(
        "benefit-not-covered", "The plan has no benefit for this kind of incident", "计划不含该项保障");
    public static readonly RefusalCode IncidentIncomplete = Invalid(
        "incident-incomplete", "The incident lacks a fact that the rule needs", "事故信息不全");
    public static readonly RefusalCode UnknownCircumstance = Invalid(
        "unknown-circumstance", "The plan has no such exclusion", "计划无此除外责任");
    public static readonly RefusalCode ClaimWindowPassed = Invalid("claim-window-passed", "The time to apply has passed", "已超过申领期限");
    public static readonly RefusalCode RelationMismatch = Invalid(
        "relation-mismatch", "Relation and claimant do not fit each other", "关系与申领人不符");
    public static readonly RefusalCode AccountNotOwn = Invalid(
        "account-not-own", "The account must be the payee's own, under the real name", "须为本人实名账户");
    public static readonly RefusalCode AccountIsOwn = Invalid(
        "account-is-own", "The account is the payee's own and needs no reason", "账户为收款人本人账户，无需说明理由");
    public static readonly RefusalCode HolderGroundUnfit = Invalid(
        "holder-ground-unfit", "This reason for another person's account does not fit the payee", "使用他人账户的理由与收款人情况不符");
    public static readonly RefusalCode SharesNotWhole = Invalid(
        "shares-not-whole", "The shares of the heirs do not sum to one", "继承人份额之和不等于一");
    public static readonly RefusalCode DuplicateClaim = Conflict(
        "duplicate-claim", "A live claim for this incident exists", "该事故已有申领");
    public static readonly RefusalCode DuplicateReceipt = Conflict(
        "duplicate-receipt", "Another claim under this plan rests on this receipt", "该票据在本计划下已有申领");
    public static readonly RefusalCode SeveralMembers = Invalid(
        "several-members", "The benefits of one report are one member's", "一次申报只能涉及一名会员");
    public static readonly RefusalCode PayeeWouldChange = Invalid(
        "payee-would-change", "A death is no reclassification of another incident: somebody else is paid", "身故与非身故的收款人不同，请撤回后重新申领");
    public static readonly RefusalCode UnknownDocumentKind = Invalid(
        "unknown-document-kind", "This claim asks for no such document", "本申领无需此类材料");
    public static readonly RefusalCode DocumentsMissing = Conflict("documents-missing", "Documents are missing", "材料不齐");
    public static readonly RefusalCode OriginalsMissing = Conflict(
        "originals-missing", "Nobody has seen the originals that this amount needs", "该金额须核验纸质原件，原件未核验");
    public static readonly RefusalCode PaperNotTaken = Invalid(
        "paper-not-taken", "The file is no whole JPEG, PNG or PDF", "文件不是完整的 JPEG、PNG 或 PDF");
    public static readonly RefusalCode NoPaperContent = new RefusalCode("no-paper-content", RefusalKind.NotFound,
        "Only the digest of this document is on record", "该材料仅登记摘要，无文件内容").Listed();
    public static readonly RefusalCode UploadMoved = Conflict(
        "upload-offset-differs", "The upload goes on at another place; ask for its offset", "上传偏移量不符，请重新查询");
    public static readonly RefusalCode TooManyUploads = Conflict(
        "too-many-uploads", "Too many uploads are unfinished; finish or delete some", "未完成的上传过多");
    public static readonly RefusalCode UploadProtocol = new RefusalCode("upload-protocol", RefusalKind.Stale,
        "The upload speaks another version of the tus protocol", "上传协议版本不符").Listed();
    public static readonly RefusalCode NothingMissing = Conflict("nothing-missing", "No paper is missing", "材料已齐，无需补正");
    public static readonly RefusalCode SupplementOpen = Conflict(
        "supplement-open", "The claimant has been asked for papers already", "已发补正通知，尚在期限内");
    public static readonly RefusalCode DeadlineNotPassed = Conflict("deadline-not-passed", "No deadline has passed", "期限未到");
    public static readonly RefusalCode AppealWindowPassed = Conflict("appeal-window-passed", "The time to appeal has passed", "已超过复议期限");
    public static readonly RefusalCode AppealDecided = Conflict(
        "appeal-decided", "The appeal against this refusal has been decided", "该拒付决定已经复议");
    public static readonly RefusalCode AppealStillPossible = Conflict(
        "appeal-still-possible", "The claimant may still appeal against the refusal", "尚在复议期限内，应通过复议处理");
    public static readonly RefusalCode ReopeningWindowPassed = Conflict(
        "reopening-window-passed", "The time to reopen the claim has passed", "已超过重新受理期限");
    public static readonly RefusalCode WrongState = Conflict("wrong-state", "Not possible in this state", "当前状态不允许此操作");
    public static readonly RefusalCode AboveAssessed = Conflict("above-assessed-amount", "More than was assessed", "超出核定金额");
    public static readonly RefusalCode NothingToApprove = Conflict("nothing-to-approve", "Nothing is payable", "无可给付金额");
    public static readonly RefusalCode ReviewMissing = Conflict(
        "review-missing", "Too few people have reviewed the assessment and agreed", "复核人数不足");
    public static readonly RefusalCode NoSecondLook = Conflict(
        "no-second-look", "The claim was not drawn for a second look", "该申领未被抽查");
    public static readonly RefusalCode AssessmentOutdated = Conflict(
        "assessment-outdated", "Another benefit was approved since the assessment; assess again", "核定后额度已变化，请重新核定");

    // settlements of hospital insurance: most of these send a case to a person
    public static readonly RefusalCode SettlementClaimed = Conflict(
        "settlement-claimed", "A claim rests on this settlement already", "该结算单已有申领");
    public static readonly RefusalCode SettlementDiffers = Conflict(
        "settlement-differs", "The settlement came before with other contents", "该结算单曾以不同内容提交");
    public static readonly RefusalCode SettlementsUnreadable = Invalid(
        "settlements-unreadable", "The settlements cannot be read", "结算数据无法读取");
    public static readonly RefusalCode NoSuchMember = Conflict(
        "no-such-member", "Nobody of the region has this identity number", "本地区无此证件号码的会员");
    public static readonly RefusalCode NoHospitalCover = Conflict(
        "no-hospital-cover", "No certificate with a hospital benefit covers the stay", "无覆盖该次住院的住院保障");
    public static readonly RefusalCode SeveralCovers = Conflict(
        "several-covers", "Several certificates cover the stay; a person chooses", "有多份凭证覆盖该次住院，须由人工选择");
    public static readonly RefusalCode NoAccountOnRecord = Conflict(
        "no-account-on-record", "The member has no account on record", "会员无已登记的收款账户");
    public static readonly RefusalCode NoStraightThrough = Conflict(
        "no-straight-through", "By the organiser's rules a person handles every claim", "按处理规则须人工办理");
    public static readonly RefusalCode ClaimFlagged = Conflict(
        "claim-flagged", "An approver has to look at the claim", "申领带有标记，须由审批人核实");
    public static readonly RefusalCode OverStraightThroughLimit = Conflict(
        "over-straight-through-limit", "More than is decided straight through", "超出直接给付限额");

    // public notices
    public static readonly RefusalCode NoticeOver = Conflict("notice-over", "The days of the public notice are over", "公示期已满");
    public static readonly RefusalCode NoticeRunning = Conflict(
        "notice-running", "The days of the public notice are not over", "公示期未满，不得付款");
    public static readonly RefusalCode ObjectionOpen = Conflict(
        "objection-open", "An objection to the public notice is not decided", "公示异议尚未处理");
    public static readonly RefusalCode ObjectionStands = Conflict(
        "objection-stands", "An objection to the public notice was upheld", "公示异议成立，不得付款");
    public static readonly RefusalCode UnknownObjection = Invalid("unknown-objection", "There is no such objection", "无此异议");
    public static readonly RefusalCode ObjectionDecided = Conflict(
        "objection-decided", "The objection has been decided otherwise", "该异议已作出不同处理");

    // payouts
    public static readonly RefusalCode PayoutLive = Conflict("payout-live", "A live payout for this benefit exists", "该保障已有有效付款");
    public static readonly RefusalCode UnknownPayout = Invalid("unknown-payout", "There is no such payout", "无此付款");
    public static readonly RefusalCode NotInBatch = Invalid("payout-not-in-batch", "The payout is not in this batch", "付款不在本批次");
    public static readonly RefusalCode ResultContradicts = Conflict(
        "result-contradicts", "The bank reported another outcome before", "与已登记的银行回执不符");
    public static readonly RefusalCode PayoutOnHold = Conflict("payout-held", "The payout is held", "付款已暂缓");
    public static readonly RefusalCode AccountNotAccepted = Conflict(
        "account-not-accepted", "Nobody has accepted that the account is another person's", "使用他人账户尚未经复核同意");
    public static readonly RefusalCode OverAuthorisationLimit = Forbidden(
        "over-authorisation-limit", "Above the authorisation limit of the union level", "超出本级付款授权限额");
    public static readonly RefusalCode WebhookExists = Conflict(
        "webhook-exists", "This address is told of this region already", "该地址已订阅本地区事件");
    public static readonly RefusalCode FileNotReleased = Conflict("batch-not-released", "The batch has not been released", "批次尚未放行");

    public static readonly RefusalCode NothingToBatch = Conflict(
        "nothing-to-batch", "No payout that fits may be put into a batch now", "没有可组批的付款");
    public static readonly RefusalCode ScheduleExists = Conflict(
        "payment-schedule-exists", "A schedule of this name and region exists", "本地区已有同名组批计划");
    public static readonly RefusalCode ResultDiffers = Invalid(
        "result-differs", "The bank's report says other amounts or another batch than was sent", "银行回执与所发批次不符");
    public static readonly RefusalCode FileDiffers = Conflict(
        "payment-file-differs", "The file would not be the one that was released", "文件内容与放行时不一致");

    public static readonly RefusalCode StatementRecorded = Conflict(
        "bank-statement-recorded", "The account has a statement of this number", "该账户已有同号对账单");
    public static readonly RefusalCode UnknownStatementLine = Invalid(
        "unknown-statement-line", "The statement has no such line", "对账单无此明细");

    // suspicion, recovery, bars
    public static readonly RefusalCode SuspicionOpen = Conflict(
        "suspicion-open", "A suspicion on the claim is open", "该申领存在未澄清的疑点");
    public static readonly RefusalCode RecoveryLive = Conflict(
        "recovery-live", "A recovery of this payout is open", "该付款已有追回案件");
    public static readonly RefusalCode MoreThanOwed = Conflict(
        "more-than-owed", "More than is owed", "超出应追回金额");
    public static readonly RefusalCode InstalmentsDiffer = Invalid(
        "instalments-differ", "The instalments do not add up to what is owed", "分期金额之和与应追回金额不符");
    public static readonly RefusalCode Barred = Conflict("barred", "The person is barred for a time", "该人员在限制期内");

    // payers and refunds
    public static readonly RefusalCode PayerExists = Conflict(
        "payer-exists", "A payer of this code or name is registered", "付款单位代码或名称已登记");
    public static readonly RefusalCode AccountDiffers = Conflict(
        "account-differs", "The account number is not the one that waits", "两次录入的账号不一致");
    public static readonly RefusalCode NothingToRefund = Conflict(
        "nothing-to-refund", "Nothing is to be paid back under this certificate", "该凭证无应退金额");
    public static readonly RefusalCode RefundNotDue = Conflict(
        "refund-not-due", "The refund is not due yet", "退费日期未到");
    public static readonly RefusalCode RefundAccountMissing = Conflict(
        "refund-account-missing", "No account is on record to which the refund can be paid", "缺少可退费的收款账户");
    public static readonly RefusalCode AccountNotConfirmed = Conflict(
        "account-not-confirmed", "The account is none that was confirmed for this payer", "该账户未经付款单位登记确认");

    // hardship relief
    public static readonly RefusalCode ReliefFundExists = Conflict(
        "relief-fund-exists", "A relief fund of this code exists", "帮扶资金代码已存在");
    public static readonly RefusalCode UnknownReliefFund = Invalid("unknown-relief-fund", "There is no such relief fund", "无此帮扶资金");
    public static readonly RefusalCode UnknownReliefKind = Invalid(
        "unknown-relief-kind", "The fund does not know this kind of hardship", "该资金不含此类困难情形");
    public static readonly RefusalCode ReliefWindowClosed = Invalid(
        "relief-window-closed", "The fund takes no applications on this day", "不在该资金的申请期限内");
    public static readonly RefusalCode ReliefMoneyShort = Conflict(
        "relief-money-short", "The money left at this level does not suffice", "本级可用帮扶资金不足");
    public static readonly RefusalCode ReliefApplied = Conflict(
        "relief-applied", "The household has asked for this relief before", "该家庭已申请此项帮扶");
    public static readonly RefusalCode OverReliefLimit = Conflict(
        "over-relief-limit", "More than a household is given for this kind of hardship", "超出该类困难情形的每户限额");
    public static readonly RefusalCode AboveAsked = Conflict("above-asked", "More than was asked for", "超出申请金额");

    // books
    public static readonly RefusalCode PeriodOrder = Conflict(
        "period-order", "Months of the books are closed and opened in their order", "账期须依次结账、依次反结账");
    public static readonly RefusalCode PeriodNotOver = Conflict("period-not-over", "The month is not over", "账期尚未结束");
    public static readonly RefusalCode PlanYearRunning = Conflict(
        "plan-year-running", "Contributions of the plan year are not earned yet", "该计划年度尚有未到期会费");

    public static Refusal NotFound(string what) => new(NoSuch, $"there is no such {what}");

    /// <summary>The detail of a request whose amounts overflow: money is checked, and everything is reckoned before anything is
    /// stored.</summary>
    public const string TooMuch = "amounts and numbers multiply to more than can be reckoned with";

    public static Refusal WrongStateOf(string what, object status, params string[] needed) =>
        new(WrongState, $"the {what} is {Camel(status)}; this needs it to be {string.Join(" or ", needed)}");

    /// <summary>Four eyes on recorded facts: <paramref name="by"/> did <paramref name="before"/>, and may not do
    /// <paramref name="now"/>.</summary>
    public static Refusal SamePerson(Actor by, string before, string now) => new(FourEyes, $"{by.Id} {before} and may not {now}");

    public static Refusal ActsElsewhere(Actor by, string field) =>
        new(OutsideRegion, $"{by.Id} acts for {by.Region.Name} only", field);

    private static string Camel(object status) =>
        status.ToString() is { Length: > 0 } text ? char.ToLowerInvariant(text[0]) + text[1..] : "";

    private static RefusalCode Invalid(string code, string title, string titleZh) =>
        new RefusalCode(code, RefusalKind.Invalid, title, titleZh).Listed();

    private static RefusalCode Conflict(string code, string title, string titleZh) =>
        new RefusalCode(code, RefusalKind.Conflict, title, titleZh).Listed();

    private static RefusalCode Forbidden(string code, string title, string titleZh) =>
        new RefusalCode(code, RefusalKind.Forbidden, title, titleZh).Listed();

    private static RefusalCode Listed(this RefusalCode code)
    {
        Codes.Add(code);
        return code;
    }
}
