package settings

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/tui/ui"
)

// settingsLabel is the room for labels before what the settings say.
const settingsLabel = 16

// layout makes the lines for the present width.
func (s *settings) layout() {
	s.lines = []string{""}
	if s.w == 0 {
		return
	}
	if s.read == nil {
		s.lines = append(s.lines, "  正在读取…")
		return
	}
	l, st := s.app.Ledger, s.app.Styles
	home := l.Home()
	s.line("本组织", fmt.Sprintf("%s(代码 %s)", home.Text("name"), home.Text("code")))
	s.line("类别和地方", joined(home.Text("kind"), home.Text("domain"), home.Text("township"), home.Text("county")))
	s.line("本台账校验数字", bundle.CheckDigits(s.read.public))
	s.lines = append(s.lines, "")
	s.county(s.read.profile)
	s.lines = append(s.lines, "")
	s.line("台账文件", l.Path())
	s.line("程序", fmt.Sprintf("%s(报送包格式 %d,台账结构 %d)", bundle.Program, bundle.Format, model.SchemaVersion))
	s.lines = append(s.lines, "")
	switch {
	case s.fault != "":
		for _, line := range ui.Wrap(s.fault, s.w-4) {
			s.lines = append(s.lines, "  "+st.Fault.Render(line))
		}
	case s.said != "":
		s.lines = append(s.lines, "  "+st.Title.Render(s.said))
	case s.read.profile == nil:
		s.lines = append(s.lines, "  "+st.Fault.Render("没有县里的配置文件,导出不了报送包;请按 F7 取入县里发来的 county.json"))
	}
	s.scroll(0)
}

// county shows the county's profile.
func (s *settings) county(p *bundle.Profile) {
	if p == nil {
		s.line("县配置文件", "还没有")
		return
	}
	which := fmt.Sprintf("%s,第 %d 版,%s 签发", p.Name, p.Version, p.Issued[:10])
	if s.read.county {
		which += "(本台账就是县里的,用 taizhang county set 改)"
	}
	s.line("县配置文件", which)
	s.line("县里校验数字", bundle.CheckDigits(p.PublicKey))
	s.line("报送截止", fmt.Sprintf("次月 %d 日", p.DeadlineDay))
	identity := "报送包带身份证号、电话和住址(只有县里打得开)"
	if p.Identity == bundle.IdentityNone {
		identity = "报送包不带身份证号、电话和住址:县里不能按身份证号核对,台账丢了县里也恢复不出这几项,请勤备份"
	}
	s.line("身份信息", identity)
	s.line("单位名单", fmt.Sprintf("%d 个单位", s.read.units))
	s.line("县里另定", s.parameters(p))
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

// line puts a label and its text down, wrapped.
func (s *settings) line(label, text string) {
	for i, line := range ui.Wrap(ui.Clean(text), max(s.w-settingsLabel-4, 10)) {
		if i > 0 {
			label = ""
		}
		s.lines = append(s.lines, "  "+s.app.Styles.Label.Render(ui.Fit(label, settingsLabel))+line)
	}
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ",")
}
