package settings

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/tui/county"
	"taizhang/tui/ui"
)

// entry is one setting: what it is, how it stands, what it is for, and what Enter does.
type entry struct {
	key, label, value string
	explain           string
	enter             string // what Enter does, "" for nothing
	run               func() tea.Cmd
	heading           bool
}

// entries lists every setting as it stands.
func (s *settings) entries() []entry {
	all := s.home()
	all = append(all, s.reporting()...)
	all = append(all, s.tables()...)
	return append(all, s.machine()...)
}

func (s *settings) home() []entry {
	l := s.app.Ledger
	home := l.Home()
	openHome := func() tea.Cmd {
		return s.app.OpenForm(ui.FormOf{Kind: home.Kind.Name, ID: home.ID})
	}
	first := entry{key: "first", label: "从哪个月记起", value: "没有定", explain: "这个月以前的事不在台账里,也不催办;那时已经在册的党员算“期初在册”,当月的增减从他们算起。",
		enter: "改月份", run: s.askFirst}
	if m := model.Month(s.read.first); m.Valid() {
		first.value = m.Chinese()
	}
	switch {
	case s.app.County: // which keeps no book of members of its own
		first.enter, first.run = "", nil
		first.explain = s.app.Words().Each() + "自己定从哪个月记起;那以前的月份算“未建账”,不催报。"
		if s.app.Words().Sums() {
			first.explain = "本级自己的记录从这个月记起;" + s.app.Words().Each() + "报来的数字不受它管。"
		}
	case s.read.persons > 0:
		first.enter, first.run = "", nil
		first.explain += "名册上已经有人,期初按它算过了,不能再改;漏登的老党员用“办理变动”里的“建账时漏登”补。"
	}
	caller := "县里"
	if s.app.County {
		caller = "上级"
	}
	handler := entry{key: "handler", label: "经手人", value: "没有写,只记登录的用户名", enter: "写姓名",
		explain: "修改经过、封账、给出去的表都记下是谁办的:经手人,和这台电脑登录的用户名。换了人在这里改,以前记下的不会变。",
		run:     func() tea.Cmd { return ui.Do(ui.Push{Screen: NewHandler(s.app, nil)}) }}
	if name, _ := l.Handler(); name != "" {
		handler.value = name
	}
	return []entry{
		{heading: true, label: "本台账"},
		{key: "home", label: "本组织", value: fmt.Sprintf("%s(代码 %s)", home.Text("name"), home.Text("code")),
			explain: "报送包、打印的表和表格标题都用这个名称和代码。名称、地址、电话变了,在组织的表单里改;代码由上级编,换代码要" + caller + "办。", enter: "打开本组织的表单", run: openHome},
		{key: "place", label: "类别和地方", value: joined(home.Text("kind"), home.Text("domain"), home.Text("township"), home.Text("county")),
			explain: "汇总按乡镇、领域分列时用它;按党支部还是党总支、行政村还是社区,规定也不同。", enter: "打开本组织的表单", run: openHome},
		handler,
		first,
		{key: "public", label: "本台账校验数字", value: bundle.CheckDigits(s.read.public),
			explain: caller + "用它认出报送包确实是这本台账出的。换了电脑、恢复了备份以后," + caller + "可能打电话来核对:把这八位数字念给" + caller + "听。"},
	}
}

// ruling is at an office what it sets for those below, and the profile of the one above.
func (s *settings) ruling(p *bundle.Profile) []entry {
	w, rules := s.app.Words(), county.RulesName(s.app)
	spread := "随下一次的回执到" + w.Each()
	if w.Sums() {
		spread = "请发给" + w.Each()
	}
	own := []entry{{key: "profile", label: w.Own + "配置文件", value: fmt.Sprintf("第 %d 版,%s 签发(在“%s”里改)", p.Version, p.Issued[:10], rules),
		explain: "这一版写着收报的密钥和下面各项规定,发给下级的名称是“" + p.Name + "”。按 F12 选“" + rules + "”改;改了以后重新签发 county.json," + spread + "。"}}
	own = append(own, s.upwards()...)
	own = append(own,
		entry{key: "digits", label: w.Here() + "校验数字", value: bundle.CheckDigits(p.PublicKey), explain: w.There + "取入" + w.Here() + "的配置文件时,打电话来核对:把这八位数字念给对方听,一样才取。"},
		entry{key: "deadline", label: "报送截止", value: fmt.Sprintf("次月 %d 日", p.DeadlineDay), explain: w.Each() + "上个月的报送包要在这一天以前交到;过了算逾期。在“" + rules + "”里改。"})
	if !w.Sums() {
		own = append(own, entry{key: "identity", label: "身份信息", value: identity(p), explain: "在“" + rules + "”里改。报送包是加密的,路上丢了别人也打不开。"})
	}
	return append(own,
		entry{key: "units", label: "单位名单", value: fmt.Sprintf("%d 个单位", s.read.units), explain: "应报送的单位,决定催谁、收谁的。换名单:按 F12 选“取入单位名单”。"},
		entry{key: "limits", label: w.Here() + "另定", value: s.parameters(p), explain: "定得与通常规定不一样的地方,都按这里的算。没列出来的照规定。在“" + rules + "”里改。"})
}

// identity says whether bundles carry what identifies persons.
func identity(p *bundle.Profile) string {
	if p.Identity == bundle.IdentityNone {
		return "报送包不带身份证号、电话和住址:县里不能按身份证号核对,台账丢了县里也恢复不出这几项,请勤备份"
	}
	return "报送包带身份证号、电话和住址(只有县里打得开)"
}

// reporting is what the county has set, or at an office what it sets.
func (s *settings) reporting() []entry {
	all := []entry{{heading: true, label: "上报"}}
	p := s.read.profile
	take := entry{key: "profile", label: "县配置文件", value: "还没有,导出不了报送包;按 F7 取入县里发来的 county.json", enter: "取入县里发来的文件", run: s.ask,
		explain: "县里把收报的密钥、截止日期和定的标准写在 county.json 里发下来;没有它导出不了报送包。县里改了规定会再发,取入后马上照办;别的县的、比现在旧的不会取入。"}
	if p == nil {
		return append(all, take)
	}
	if s.app.County {
		return append(all, s.ruling(p)...)
	}
	take.value = fmt.Sprintf("%s,第 %d 版,%s 签发", p.Name, p.Version, p.Issued[:10])
	return append(all, take,
		entry{key: "digits", label: "县里校验数字", value: bundle.CheckDigits(p.PublicKey), explain: "取入县里的文件以前,打电话对一对这八位数字:一样,才是真的县里发的;不一样不要取。"},
		entry{key: "deadline", label: "报送截止", value: fmt.Sprintf("次月 %d 日", p.DeadlineDay), explain: "上个月的报送包要在这一天以前交到;过了,工作台会催。由县里定。"},
		entry{key: "identity", label: "身份信息", value: identity(p), explain: "由县里定。报送包是加密的,路上丢了别人也打不开。"},
		entry{key: "units", label: "单位名单", value: fmt.Sprintf("%d 个单位", s.read.units), explain: "填“转入党组织”一类的项目时,从这份名单里找单位。由县里随配置文件发下来。"},
		entry{key: "limits", label: "县里另定", value: s.parameters(p), explain: "县里定得与通常规定不一样的地方,检查、待办和指标的目标都按这里的算。没列出来的照规定。"})
}

// parameters names what the county has set otherwise than the regulations.
func (s *settings) parameters(p *bundle.Profile) string {
	if len(p.Parameters) == 0 {
		return "没有,都照原来的规定"
	}
	packs, today := s.app.Ledger.Env(s.app.Ctx).Packs, s.app.Today()
	known := map[string]bool{}
	for _, pack := range packs.All() {
		for _, l := range pack.Limits {
			known[l.Name] = true
		}
	}
	var all []string
	for _, name := range slices.Sorted(maps.Keys(p.Parameters)) {
		if !known[name] {
			continue
		}
		l := packs.Limit(name, today)
		all = append(all, fmt.Sprintf("%s %s%s", l.Text, p.Parameters[name], l.Unit))
	}
	for _, g := range count.Goals() {
		if value, set := p.Parameters[g.Name]; set {
			all = append(all, g.Title()+" "+value+"%")
		}
	}
	return strings.Join(all, ";")
}

// tables is how tables look and what is kept half done.
func (s *settings) tables() []entry {
	looks := entry{key: "looks", label: "表格的列和排序", value: "都是原来的样子", explain: "在表格里按 F6 选的列和排序,下次打开还是那样。想回到程序原来的样子,在这里一次改回去;记录不动。"}
	if n := len(s.read.looks); n > 0 {
		looks.value, looks.enter, looks.run = fmt.Sprintf("改过 %d 张表:%s", n, strings.Join(titles(s.read.looks), "、")), "都改回原来的样子", s.askLooks
	}
	folder := entry{key: "folder", label: "表格文件夹", value: s.read.folder, explain: "写 Excel 文件、读名册的时候先看这个文件夹;在表格里按 F7 用过哪个,就记住哪个。", enter: "换一个文件夹", run: s.askFolder}
	if folder.value == "" {
		folder.value = "还没有用过"
	}
	drafts := entry{key: "drafts", label: "没填完的", value: "没有", explain: "填到一半没有保存的表单(例如停了电)都留着,不计入任何数字;接着填完保存,或者丢掉。"}
	if n := len(s.read.drafts); n > 0 {
		drafts.value, drafts.enter, drafts.run = fmt.Sprintf("%d 张表单", n), "看是哪几张,接着填", s.openDrafts
	}
	views := entry{key: "views", label: "自存的视图", value: "还没有", explain: "常用的筛选、排序和列,可以起个名字存起来:在表格里按 F5,选“保存现在的样子”。改名、删除也在那里。"}
	if n := len(s.read.views); n > 0 {
		views.value = fmt.Sprintf("%d 个:%s", n, strings.Join(s.read.views, "、"))
	}
	return []entry{{heading: true, label: "表格和表单"}, looks, views, folder, drafts}
}

func titles(kinds []*model.Kind) []string {
	all := make([]string, len(kinds))
	for i, k := range kinds {
		all[i] = k.Title
	}
	return all
}

// machine is where the book lies and how the program draws.
func (s *settings) machine() []entry {
	l := s.app.Ledger
	file := entry{key: "file", label: "台账文件", value: l.Path(), explain: "全部记录都在这一个文件里。电脑会坏:每月上报以后备份一份到U盘,U盘和电脑分开放。", enter: "现在备份一份,定U盘和备份口令", run: s.openBackups}
	if s.app.County {
		file.explain = "全部记录都在这一个文件里。每天自己备份一份,不带密钥;连密钥一起的备份在“" + county.KeysName(s.app) + "”里做。"
	}
	draws, colours := "普通线条", "有颜色"
	if s.app.ASCII {
		draws = "只用 ASCII 字符"
	}
	if s.app.Styles.Plain {
		colours = "不用颜色"
	}
	return []entry{
		{heading: true, label: "这台电脑"}, s.keys(), s.private(), file, s.sealEntry(),
		{key: "screen", label: "画面", value: draws + "," + colours, explain: "线条显示成乱码、或一格变两格的旧电脑,用 taizhang --ascii 打开;看不清颜色的,先设 NO_COLOR=1 再打开。没有颜色时,字和记号也都看得出意思。"},
		{key: "program", label: "程序", value: fmt.Sprintf("%s(报送包格式 %d,台账结构 %d)", bundle.Program, bundle.Format, model.SchemaVersion), explain: "打电话问事情时,对方可能要您念这一行。换新版的程序,台账会自动升级,旁边留一份升级以前的。"},
	}
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ",")
}
