package sheet

import (
	"strings"

	"taizhang/model"
)

// The reasons why a column is left out.
const (
	whyUnknown  = "不认识"
	whyPrivate  = "不收集(个人隐私:%s)"
	whyComputed = "由程序计算,不用读入"
	whyNumber   = "序号,不用读入"
	whyOwnNote  = "拒收说明,不用读入"
)

// The headings of the columns that WriteRejected adds.
const (
	headingReason = "拒收原因"
	headingRow    = "原表行号"
)

// headings knows by which names the columns of a kind go.
type headings struct {
	kind   *model.Kind
	byName map[string]*model.Field
}

func newHeadings(k *model.Kind) *headings {
	h := &headings{kind: k, byName: map[string]*model.Field{}}
	add := func(name string, f *model.Field) {
		if key := HeadingKey(name); key != "" && h.byName[key] == nil {
			h.byName[key] = f
		}
	}
	for _, f := range k.Fields() {
		add(f.Label, f)
	}
	for _, f := range k.Asks {
		add(f.Label, f)
	}
	for _, f := range k.Fields() {
		add(heading(k, f), f)
	}
	for _, f := range k.Fields() {
		add(f.Name, f)
	}
	for _, f := range k.Fields() {
		for _, alias := range f.Aliases {
			add(alias, f)
		}
	}
	return h
}

// FieldNames gives the fields of a kind by all the headings under which sheets are read,
// folded by HeadingKey.
func FieldNames(k *model.Kind) map[string]*model.Field { return newHeadings(k).byName }

// heading gives the heading under which a field is written: its label, with the
// section's title behind it where another field of the kind has the same label.
func heading(k *model.Kind, f *model.Field) string {
	twins := 0
	title := ""
	for _, s := range k.Sections {
		for _, other := range s.Fields {
			if other.Label == f.Label {
				twins++
			}
			if other == f {
				title = s.Title
			}
		}
	}
	if twins < 2 {
		return f.Label
	}
	for _, s := range k.Sections {
		for _, other := range s.Fields {
			if other != f && other.Label == f.Label && s.Title == title {
				return f.Label + "(" + f.Name + ")"
			}
		}
	}
	return f.Label + "(" + title + ")"
}

// namesake gives the next field with the label of one that has its column already:
// a list with two columns 应到 has them in the order of the form. Without another
// it is a further column of the same field.
func (h *headings) namesake(f *model.Field, used map[*model.Field]bool) *model.Field {
	for _, other := range h.kind.Fields() {
		if other.Label == f.Label && !used[other] {
			return other
		}
	}
	return f
}

var (
	brackets = model.NewPattern(`\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】`)
	numbered = model.NewPattern(`^\d+[.、]`)
)

// HeadingKey folds a heading: half-width, lower case, without white space, line
// ends and the star that marks what is required.
func HeadingKey(s string) string {
	s = model.Fold(model.Clean(s, false))
	return strings.Trim(s, "*※☆:.。")
}

// match gives the field of a heading, or nil. What stands in brackets is a remark:
// 备注(外出流向), 出生年月(公历), 金额(元).
func (h *headings) match(heading string) *model.Field {
	key := HeadingKey(heading)
	if key == "" {
		return nil
	}
	if f := h.byName[key]; f != nil {
		return f
	}
	bare := key
	if strings.ContainsAny(key, "([【") {
		bare = strings.Trim(withoutRemarks(key), "*※☆:.。")
		if f := h.byName[bare]; f != nil {
			return f
		}
	}
	if bare == "" || bare[0] < '0' || bare[0] > '9' {
		return nil
	}
	return h.byName[numbered.ReplaceAllString(bare, "")]
}

// withoutRemarks drops what stands in brackets.
func withoutRemarks(key string) string {
	if !strings.ContainsAny(key, "([【") {
		return key
	}
	return brackets.ReplaceAllString(key, "")
}

// why tells why a heading that matches no field is left out.
func (h *headings) why(heading string) string {
	key := HeadingKey(heading)
	switch key {
	case "", "序号", "编号", "序", "no", "id":
		return whyNumber
	case headingReason, headingRow:
		return whyOwnNote
	}
	if word := forbidden(key); word != "" {
		return strings.Replace(whyPrivate, "%s", word, 1)
	}
	bare := brackets.ReplaceAllString(key, "")
	for _, d := range h.kind.Derived {
		if bare == HeadingKey(d.Label) || bare == HeadingKey(d.Name) {
			return whyComputed
		}
	}
	return whyUnknown
}

// private are the words of columns that are never taken in (records.md, Not here,
// on purpose; domain.md §9.2, E-PRIV), with what they are about. A heading that
// is a field's own is not looked up here.
var private = []struct {
	about string
	words []string
}{
	{"宗教信仰", []string{"宗教", "信仰", "信教", "教派"}},
	{"婚育和计划生育", []string{"计生", "计划生育", "孕", "节育", "避孕", "婚", "生育", "结扎", "上环", "子女"}},
	{"健康", []string{"病", "残疾", "伤残", "健康", "体检", "医疗", "血型", "过敏", "残障"}},
	{"银行账户", []string{"银行", "卡号", "账号", "帐号", "账户", "帐户", "开户", "存折", "一卡通", "信用社"}},
	{"照片和生物特征", []string{"照片", "相片", "头像", "近照", "指纹", "人脸"}},
	{"亲属", []string{"亲属", "家属", "家庭成员", "配偶", "父亲", "母亲", "父母", "丈夫", "妻子", "爱人", "儿子", "女儿", "社会关系"}},
	{"网络账号", []string{"微信", "qq", "抖音", "密码"}},
	{"社会救助", []string{"低保", "五保", "特困"}},
}

// forbidden gives what a heading is about that may not be collected, or "".
func forbidden(key string) string {
	for _, p := range private {
		for _, w := range p.words {
			if strings.Contains(key, w) {
				return p.about
			}
		}
	}
	return ""
}

// scale gives by how much the numbers of a money column are to be multiplied:
// its heading may say 万元.
func scale(f *model.Field, heading string) int64 {
	if f.Type != model.TypeMoney {
		return 1
	}
	key := HeadingKey(heading)
	switch {
	case strings.Contains(key, "亿元"):
		return 100_000_000
	case strings.Contains(key, "万元"):
		return 10_000
	case strings.Contains(key, "千元"):
		return 1_000
	}
	return 1
}
