package county

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/model/party/packs"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/send"
)

// Setting is one thing that a county sets in its profile.
type Setting struct {
	Name    string `json:"name"`    // as in NAME=VALUE
	Title   string `json:"title"`   // what it is, in Chinese
	Value   string `json:"value"`   // that holds now
	Default string `json:"default"` // that holds where the county says nothing; "" for none
	Unit    string `json:"unit"`    // 天, 分, …
	Group   string `json:"group"`   // the rule pack, or 配置文件
	Source  string `json:"source"`  // the regulation and article, or that the county has set it
	Own     bool   `json:"own"`     // set by the county
	Fixed   bool   `json:"fixed"`   // no county may set it

	share bool
}

// The settings that are no parameters of rule packs.
const (
	setName     = "name"
	setDeadline = "deadline_day"
	setIdentity = "identity"
)

// unitPercent is the unit of goals.
const unitPercent = "%"

// vetoPrefix begins the parameters that say to which year a veto applies.
const vetoPrefix = "assess.veto."

// Settings lists what a county can set, with what holds now: first the profile's
// own, then the parameters of the rule packs. A parameter of several editions of a
// regulation is listed once, as the edition in force has it. An office above counties sets
// nothing for records, of which it has none: the parameters are the counties'.
func Settings(ctx context.Context, l *store.Ledger) ([]Setting, error) {
	p, err := send.Profile(ctx, l)
	if err != nil {
		return nil, err
	}
	if p == nil {
		p = &bundle.Profile{DeadlineDay: defaultDeadline, Identity: bundle.IdentityWhole}
	}
	w := bundle.WordsOf(p.Level)
	own, group := w.Rule, "配置文件"
	all := []Setting{
		{Name: setName, Title: "发给" + w.Each() + "的" + w.Title + "名称", Value: p.Name, Group: group, Source: own, Own: true},
		{Name: setDeadline, Title: "报送截止:次月几日(1 到 28)", Value: strconv.Itoa(p.DeadlineDay), Default: strconv.Itoa(defaultDeadline), Unit: "日",
			Group: group, Source: own, Own: p.DeadlineDay != defaultDeadline},
	}
	if w.Sums() {
		return append(all, goalSettings(p)...), nil
	}
	all = append(all, Setting{Name: setIdentity, Title: "报送包里带不带身份证号、电话和住址(带、不带)", Value: p.Identity, Default: bundle.IdentityWhole,
		Group: group, Source: own, Own: p.Identity != bundle.IdentityWhole})
	limits, err := model.NewPacks(packs.Default(), nil)
	if err != nil {
		return nil, err
	}
	today := l.Source().Today()
	seen := map[string]bool{}
	for _, pack := range packs.Default() {
		for _, limit := range pack.Limits {
			if seen[limit.Name] {
				continue
			}
			seen[limit.Name] = true
			now := limits.Limit(limit.Name, today)
			s := Setting{Name: now.Name, Title: now.Text, Value: limitText(now), Unit: now.Unit, Group: pack.Name, Source: now.Source(),
				Fixed: now.Fixed, share: now.Per > 0}
			s.Default = s.Value
			if value, ok := p.Parameters[now.Name]; ok {
				s.Value, s.Own, s.Source = value, true, own
			}
			all = append(all, s)
		}
	}
	return append(all, goalSettings(p)...), nil
}

// goalSettings lists the goals of the summary's figures.
func goalSettings(p *bundle.Profile) []Setting {
	var all []Setting
	for _, g := range count.Goals() {
		s := Setting{Name: g.Name, Title: g.Title() + "(0 为不设目标)", Default: strconv.Itoa(g.Figure.Goal), Unit: unitPercent,
			Group: "汇总指标的目标", Source: "三级联创汇总表"}
		s.Value = s.Default
		if value, ok := p.Parameters[g.Name]; ok {
			s.Value, s.Own, s.Source = value, true, bundle.WordsOf(p.Level).Rule
		}
		all = append(all, s)
	}
	return all
}

func limitText(l model.Limit) string {
	if l.Per > 0 {
		return fmt.Sprintf("%d/%d", l.Value, l.Per)
	}
	return strconv.FormatInt(l.Value, 10)
}

// Set changes the county's profile by pairs NAME=VALUE, one version higher, signs it,
// writes it to path and stores it; "NAME=" takes the county's own value back. A
// setting is named by its name or its title, a veto by its item too (计生=2021). All
// or none is set. *model.Error: E-SETTING for a name or a value that can't be, with
// what can, and those of Reissue.
func Set(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, path string, pairs []string) (*bundle.Profile, error) {
	all, err := Settings(ctx, l)
	if err != nil {
		return nil, err
	}
	changes := map[string]string{}
	for _, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || strings.TrimSpace(name) == "" {
			return nil, model.Errorf("E-SETTING", "“%s”不是“名称=内容”的写法,例如 assess.pass=85", model.Clean(pair, false))
		}
		s, err := findSetting(all, model.HalfWidth(strings.TrimSpace(name)))
		if err != nil {
			return nil, err
		}
		value = strings.TrimSpace(value)
		if s.Name != setName {
			value = model.HalfWidth(value)
		}
		if value != "" || s.Default == "" {
			if value, err = s.Check(value); err != nil {
				return nil, err
			}
		}
		if _, twice := changes[s.Name]; twice {
			return nil, model.Errorf("E-SETTING", "%s(%s)写了两次,请只留一个", s.Name, s.Title)
		}
		changes[s.Name] = value
	}
	return Reissue(ctx, l, key, path, func(p *bundle.Profile) { apply(p, changes) })
}

func apply(p *bundle.Profile, changes map[string]string) {
	for name, value := range changes {
		switch {
		case name == setName:
			p.Name = value
		case name == setDeadline:
			p.DeadlineDay = defaultDeadline
			if n, err := strconv.Atoi(value); err == nil {
				p.DeadlineDay = n
			}
		case name == setIdentity && value == "":
			p.Identity = bundle.IdentityWhole
		case name == setIdentity:
			p.Identity = value
		case value == "":
			delete(p.Parameters, name)
		default:
			p.Parameters[name] = value
		}
	}
}

// findSetting finds a setting by name, title or veto item.
func findSetting(all []Setting, name string) (*Setting, error) {
	for i := range all {
		s := &all[i]
		item, _, veto := strings.Cut(s.Title, "一票否决")
		if s.Name == name || s.Title == name || veto && strings.HasPrefix(s.Name, vetoPrefix) && item == name {
			return s, nil
		}
	}
	return nil, model.Errorf("E-SETTING", "没有“%s”这一项;%s。全部名称和现在的值:taizhang county set", model.Clean(name, false), near(all, name))
}

// manyLike is how many settings like a name are listed.
const manyLike = 6

// near names the settings like a name that is none, those that begin most like it
// first, or the groups of names.
func near(all []Setting, name string) string {
	var groups []string
	for _, s := range all {
		group, _, _ := strings.Cut(s.Name, ".")
		if !s.Fixed && !slices.Contains(groups, group) {
			groups = append(groups, group)
		}
	}
	for prefix := name; prefix != ""; {
		prefix = prefix[:max(strings.LastIndex(prefix, "."), 0)]
		var like []string
		for _, s := range all {
			if !s.Fixed && (prefix != "" && strings.HasPrefix(s.Name, prefix+".") || strings.Contains(s.Title, name)) {
				like = append(like, s.Name+"("+s.Title+")")
			}
		}
		switch {
		case len(like) > manyLike:
			return fmt.Sprintf("相近的有 %s 等 %d 项", strings.Join(like[:manyLike], "、"), len(like))
		case len(like) > 0:
			return "相近的有 " + strings.Join(like, "、")
		}
	}
	return "有的是 " + strings.Join(groups, "、") + " 开头的各项"
}

// Option is one of the few values that a setting can be, with its word.
type Option struct{ Value, Word string }

// listed finds the values in a setting's title: (1 要,0 不要).
var listed = model.NewPattern(`\(([0-9]+ [^(),]+(?:,[0-9]+ [^(),]+)+)\)$`)

// Options gives the values among which a setting is chosen; none where any number of its
// bounds, or any text, can be written.
func (s *Setting) Options() []Option {
	if s.Name == setIdentity {
		return []Option{{bundle.IdentityWhole, "带"}, {bundle.IdentityNone, "不带"}}
	}
	found := listed.FindStringSubmatch(s.Title)
	if found == nil {
		return nil
	}
	var all []Option
	for _, part := range strings.Split(found[1], ",") {
		value, word, _ := strings.Cut(part, " ")
		all = append(all, Option{value, word})
	}
	return all
}

// Plain is the title without the values that Options gives.
func (s *Setting) Plain() string {
	if s.Name == setIdentity {
		return strings.TrimSuffix(s.Title, "(带、不带)")
	}
	return listed.ReplaceAllString(s.Title, "")
}

// Shown is a value as people read it: with its unit, or as the word for it.
func (s *Setting) Shown(value string) string {
	for _, o := range s.Options() {
		if o.Value == value {
			return o.Word
		}
	}
	switch {
	case value == "":
		return "(没有)"
	case s.Unit == "" || s.share:
		return value
	case s.Unit == unitPercent:
		return value + unitPercent
	}
	return value + " " + s.Unit
}

// Can says what a setting can be, as what to write.
func (s *Setting) Can() string {
	switch {
	case s.Name == setName:
		return "请写党组织的名称"
	case s.Name == setIdentity:
		return "可写 带、不带"
	case s.share:
		return "写成几分之几,例如 1/3"
	}
	low, high := s.bounds()
	if s.zero() && low > 0 {
		return fmt.Sprintf("请写 0,或 %d 到 %d 的整数", low, high)
	}
	return fmt.Sprintf("请写 %d 到 %d 的整数", low, high)
}

// Check gives a value in its one form. *model.Error E-SETTING says what it can be.
func (s *Setting) Check(value string) (string, error) {
	bad := func() error {
		return model.Errorf("E-SETTING", "%s(%s)不能是“%s”:%s;现在是 %s", s.Name, s.Title, model.Clean(value, false), s.Can(), s.Value)
	}
	switch {
	case s.Fixed:
		return "", model.Errorf("E-SETTING", "%s(%s)由%s规定,县(市)不能另设", s.Name, s.Title, s.Source)
	case s.Name == setName:
		if value == "" || model.Clean(value, false) != value {
			return "", bad()
		}
		return value, nil
	case s.Name == setIdentity:
		if value != bundle.IdentityWhole && value != bundle.IdentityNone {
			return "", bad()
		}
		return value, nil
	}
	above, below, isShare := strings.Cut(value, "/")
	n, err := strconv.ParseInt(above, 10, 64)
	if s.share {
		per, errPer := strconv.ParseInt(below, 10, 64)
		if err != nil || errPer != nil || !isShare || n < 1 || per < 1 || n > 2*per || per > 1000 {
			return "", bad()
		}
		return fmt.Sprintf("%d/%d", n, per), nil
	}
	low, high := s.bounds()
	if err != nil || isShare || n < low && !(n == 0 && s.zero()) || n > high {
		return "", bad()
	}
	return strconv.FormatInt(n, 10), nil
}

// zero tells that 0 has a meaning of its own.
func (s *Setting) zero() bool { return strings.Contains(s.Title, "0 为") }

// bounds gives the whole numbers that a setting can be, by its unit.
func (s *Setting) bounds() (low, high int64) {
	if s.Name == setDeadline {
		return 1, 28
	}
	switch s.Unit {
	case "月":
		return 1, 12
	case "日":
		return 1, 31
	case "年度":
		return 1949, 2100
	case "年":
		return 0, 200
	case "周岁":
		return 0, 120
	case "个月":
		return 0, 1200
	case "分":
		return 0, 1000
	case unitPercent:
		return 0, 100
	}
	return 0, 100000
}
