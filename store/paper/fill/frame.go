package fill

import (
	"fmt"
	"strings"
	"time"

	"taizhang/model"
)

// frame is what is printed in a blank and stays around the value: 年 月 日, □男 □女, 元.
type frame interface {
	// put gives the cell's text with the value; ok is false where it doesn't go in.
	put(text string, v any) (string, bool)
	// layout is how dates are written, "" for as elsewhere.
	layout() string
}

var (
	dayFrame   = model.NewPattern(`^[\s_\x{FF3F}]*年[\s_\x{FF3F}]*月[\s_\x{FF3F}]*日$`)
	monthFrame = model.NewPattern(`^[\s_\x{FF3F}]*年[\s_\x{FF3F}]*月(份)?$`)
	lineFrame  = model.NewPattern(`^[_\x{FF3F}]{2,}$`)
	unitFrame  = model.NewPattern(`^[\s_\x{FF3F}]*(万元|元|岁|年|人|户|亩|次|个|学时|%)$`)
	ticks      = "☑√✓■☒✔●"
	boxed      = model.NewPattern(`[□☐○◯▢◻]`)
	boxFirst   = model.NewPattern(`[□☐○◯▢◻]\s*([^\s□☐○◯▢◻]+)`)
	boxLast    = model.NewPattern(`([^\s□☐○◯▢◻]+?)\s*[□☐○◯▢◻]`)
)

// frameOf gives what a blank's text frames, nil where it is no blank's.
func frameOf(text string) frame {
	t := strings.ReplaceAll(strings.TrimRight(text, " \n\u3000"), "\u3000", " ")
	switch {
	case strings.TrimSpace(t) == "":
		return nil
	case dayFrame.MatchString(t):
		return dateFrame("2006年1月2日")
	case monthFrame.MatchString(t):
		return dateFrame("2006年1月")
	case lineFrame.MatchString(t):
		return line{}
	case unitFrame.MatchString(t) && len(t) > len(strings.TrimLeft(t, " _\uFF3F")):
		return unit(strings.Trim(t, " _\uFF3F"))
	case boxed.MatchString(t) && !strings.ContainsAny(t, ":\uFF1A") && !strings.ContainsAny(t, ticks) && len(optionsOf(t)) > 0:
		return tickBoxes{}
	}
	return nil
}

type dateFrame string

func (d dateFrame) layout() string { return string(d) }

func (d dateFrame) put(_ string, v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case time.Time:
		return v.Format(string(d)), true
	}
	return "", false
}

type line struct{}

func (line) layout() string { return "" }

func (line) put(_ string, v any) (string, bool) { return plain(v), true }

type unit string

func (unit) layout() string { return "" }

func (u unit) put(_ string, v any) (string, bool) {
	s := plain(v)
	return strings.TrimSuffix(s, string(u)) + string(u), s != ""
}

// plain writes a value as text.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case time.Time:
		return v.Format(time.DateOnly)
	case float64:
		return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.6f", v), "0"), ".")
	}
	return fmt.Sprint(v)
}

// tickBoxes are choices with a box before or behind each.
type tickBoxes struct{}

func (tickBoxes) layout() string { return "" }

// place is where a choice's box stands in a text.
type place struct {
	from, to int
	option   string
}

// optionsOf finds the choices and their boxes: □男 □女, or 是□ 否□.
func optionsOf(text string) []place {
	shape, first := boxLast, false
	if at := boxed.FindStringIndex(text); at != nil && strings.TrimSpace(text[:at[0]]) == "" {
		shape, first = boxFirst, true
	}
	var all []place
	for _, m := range shape.FindAllStringSubmatchIndex(text, -1) {
		p := place{option: text[m[2]:m[3]]}
		whole := text[m[0]:m[1]]
		box := boxed.FindStringIndex(whole)
		if !first {
			found := boxed.FindAllStringIndex(whole, -1)
			box = found[len(found)-1]
		}
		p.from, p.to = m[0]+box[0], m[0]+box[1]
		all = append(all, p)
	}
	return all
}

func (tickBoxes) put(text string, v any) (string, bool) {
	wanted := map[string]bool{}
	for _, s := range strings.FieldsFunc(plain(v), func(r rune) bool { return strings.ContainsRune("、;\uFF1B,\uFF0C", r) }) {
		wanted[key(s)] = true
	}
	if len(wanted) == 0 {
		return "", false
	}
	var b strings.Builder
	at, hits := 0, 0
	for _, p := range optionsOf(text) {
		b.WriteString(text[at:p.from])
		at = p.from
		if means(p.option, wanted) {
			b.WriteString("☑")
			at = p.to
			hits++
		}
	}
	b.WriteString(text[at:])
	return b.String(), hits > 0
}

// means tells whether a printed choice is one of those wanted: 中共党员 for 正式党员 as
// lists are read, 有 for 是.
func means(option string, wanted map[string]bool) bool {
	o := key(strings.Trim(option, "()\uFF08\uFF09、,\uFF0C;\uFF1B.。 "))
	if wanted[o] {
		return true
	}
	for w := range wanted {
		yes, err := model.TypeBool.Parse(yesNoField, o)
		if want, wantErr := model.TypeBool.Parse(yesNoField, w); err == nil && wantErr == nil && yes == want && (w == "是" || w == "否") {
			return true
		}
	}
	return false
}
