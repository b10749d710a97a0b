package fill

import (
	"slices"
	"strings"

	"taizhang/model"
)

// heading is what stands over a column, the leaf last, each text as written.
type heading struct {
	chain []string
	hints []string // remarks in brackets, notes and examples below
}

// Text is the heading in one line, as it is shown and kept: 外出/时间.
func (h *heading) Text() string {
	parts := make([]string, len(h.chain))
	for i, t := range h.chain {
		parts[i] = strings.Join(strings.Fields(t), "")
	}
	return strings.Join(parts, "/")
}

func (h *heading) leaf() string { return h.chain[len(h.chain)-1] }

func (h *heading) groups() []string { return h.chain[:len(h.chain)-1] }

var (
	remark   = model.NewPattern(`[(〔【\[<][^)〕】\]>]*[)〕】\]>]`)
	numbered = model.NewPattern(`^(\(?\d+\)|\d+[.、:]|[①-⑳]|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+[、.)])`)
	spaced   = model.NewPattern(`^\d+\s+`) // 3 确定积极分子
	allLatin = model.NewPattern(`^[a-z0-9 _./#'-]+$`)
	notWord  = model.NewPattern(`[^a-z0-9]`)
)

// bare folds a heading and takes its remarks and its number off.
func bare(text string) string {
	t := spaced.ReplaceAllString(strings.TrimSpace(model.HalfWidth(text)), "")
	t = numbered.ReplaceAllString(strings.Join(strings.Fields(t), ""), "")
	if short := key(remark.ReplaceAllString(t, "")); short != "" {
		return short
	}
	return key(t)
}

// latin folds an English name to its letters: Id_Number and ID number are one.
func latin(text string) string {
	t := strings.ToLower(strings.TrimSpace(text))
	if !allLatin.MatchString(t) {
		return ""
	}
	return notWord.ReplaceAllString(t, "")
}

// Words that say of whom or when and not what: they are taken off where a heading isn't
// known with them.
var (
	leading  = []string{"本人", "党员", "现任", "现有", "目前", "本月", "本次", "本年", "当前", "个人", "现", "实际", "具体", "所在", "所属", "填写", "请填写", "干部"}
	trailing = []string{"情况", "名称", "说明", "信息"}
	units    = []string{"万元", "千元", "元", "岁", "年", "人", "户", "个", "名", "亩", "次", "%", "人次", "人数", "数"}
)

// variants gives the ways to read a heading, the strictest first.
func variants(text string) []string {
	all := []string{key(text), bare(text)}
	t := bare(text)
	if l := latin(text); l != "" {
		all = append(all, l)
	}
	if l := latin(t); l != "" {
		all = append(all, l)
	}
	if head, unit, ok := strings.Cut(t, "/"); ok && slices.Contains(units, unit) {
		all = append(all, head)
	}
	return all
}

// named looks a heading up in a table of names: as it is, then without its remarks, then
// without the words of whom or when.
func named(names map[string]*Source, text string) *Source {
	for _, t := range variants(text) {
		if s := names[t]; s != nil {
			return s
		}
	}
	t := bare(text)
	if s := either(names, t); s != nil {
		return s
	}
	for _, w := range leading {
		if rest, ok := strings.CutPrefix(t, w); ok && len([]rune(rest)) > 1 {
			if s := names[rest]; s != nil {
				return s
			}
		}
	}
	if s := trimmed(names, t); s != nil {
		return s
	}
	return asked(names, t)
}

// trimmed takes off what follows a heading: 任职时间说明, a unit after a number.
func trimmed(names map[string]*Source, t string) *Source {
	for _, w := range trailing {
		if rest, ok := strings.CutSuffix(t, w); ok && len([]rune(rest)) > 1 {
			if s := names[rest]; s != nil {
				return s
			}
		}
	}
	for _, w := range units {
		if rest, ok := strings.CutSuffix(t, w); ok && len([]rune(rest)) > 1 {
			if s := names[rest]; s != nil && s.number() {
				return s
			}
		}
	}
	return nil
}

// either takes a heading that says one thing in two ways: 手机/联系电话.
func either(names map[string]*Source, t string) *Source {
	var found *Source
	parts := strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune("/、或|", r) })
	if len(parts) < 2 {
		return nil
	}
	for _, p := range parts {
		s := names[p]
		if s == nil || found != nil && s.Name != found.Name {
			return nil
		}
		found = s
	}
	return found
}

// asked takes a question: 是否困难党员, 有无劳动能力, 困难党员(是/否).
func asked(names map[string]*Source, t string) *Source {
	for _, w := range []string{"是否为", "是否是", "是否属", "是否有", "是否", "有无", "是不是"} {
		rest, ok := strings.CutPrefix(t, w)
		if !ok || rest == "" {
			continue
		}
		if s := named(names, rest); s != nil {
			if s.is(model.TypeBool) {
				return s
			}
			return yesNo(s)
		}
	}
	return nil
}

// isSerial tells of the column of running numbers.
func isSerial(text string) bool {
	switch bare(text) {
	case "序号", "编号", "序", "号", "no", "顺序", "顺序号", "行号", "#", "№", "sn", "s/n":
		return true
	}
	return latin(text) == "no" || latin(text) == "sn" || latin(text) == "serial" || latin(text) == "serialno"
}

// toSign tells of a place where somebody signs or a seal is put: it stays blank and is
// not named.
func toSign(text string) bool {
	t := bare(text)
	for _, w := range []string{"签名", "签字", "签章", "盖章", "签收", "领取人", "手印", "公章", "签领", "画押"} {
		if strings.Contains(t, w) || strings.Contains(key(text), "("+w) {
			return true
		}
	}
	return false
}

// source gives what a heading is filled with, nil for nothing known.
func (w *words) source(h *heading, byRoll bool) *Source {
	at := strings.Join(h.chain, "\x00")
	if byRoll {
		at += "\x01"
	}
	s, known := w.found[at]
	if !known {
		s = w.search(h, byRoll)
		w.found[at] = s
	}
	return s
}

// search looks for what a heading means. A group's word leads: 负责人/姓名 is the owner's
// name, 外出/时间 is 外出时间.
func (w *words) search(h *heading, byRoll bool) *Source {
	leaf, groups := h.leaf(), h.groups()
	if s := w.monthly(h); s != nil {
		return s
	}
	if isSerial(leaf) && !w.others(groups) {
		return serial
	}
	if byRoll && w.roll != nil {
		if w.others(groups) {
			return nil
		}
		return named(w.roll.names, leaf)
	}
	for i := len(groups) - 1; i >= 0; i-- {
		sc := w.scopeOf(groups[i])
		if sc == nil || w.self[stem(groups[i])] {
			continue
		}
		if w.others(groups[i+1:]) {
			return nil
		}
		below := strings.Join(groups[i+1:], "") + leaf
		for _, text := range []string{below, leaf} {
			if s := named(sc.names, text); s != nil {
				return s
			}
		}
		return nil
	}
	for i := range groups {
		whole := strings.Join(groups[i:], "")
		for _, text := range []string{whole + leaf, leaf + whole} {
			if s := w.names[bare(text)]; s != nil {
				return s
			}
		}
	}
	if s := w.ticked(h); s != nil {
		return s
	}
	if w.others(groups) || !w.clear(leaf, groups) {
		return nil
	}
	for _, s := range []*Source{named(w.names, leaf), w.owned(leaf), w.whole(leaf)} {
		if s != nil {
			return s
		}
	}
	if w.usual != nil {
		return named(w.usual.names, leaf)
	}
	return nil
}

// whole takes a leaf that names a ref by another word: 帮扶责任人 is who helps.
func (w *words) whole(leaf string) *Source {
	t := bare(leaf)
	sc := w.scopes[t]
	if sc == nil || t == "本人" || t == "个人" {
		return nil
	}
	for _, n := range []string{"姓名", "名称"} {
		if s := sc.names[n]; s != nil {
			return s
		}
	}
	return w.byName(sc.ref.Name)
}

// ticked takes the columns of a choice: 男 and 女 under 性别.
func (w *words) ticked(h *heading) *Source {
	n := len(h.chain)
	if n < 2 {
		return nil
	}
	up := heading{chain: h.chain[:n-1]}
	s := w.source(&up, false)
	if s == nil || s.field == nil || s.get != nil || s.field.Type != model.TypeChoice && s.field.Type != model.TypeChoices {
		return nil
	}
	v, err := s.field.Type.Parse(s.field, bare(h.leaf()))
	if err != nil {
		return nil
	}
	if value, ok := v.(string); ok && value != "" {
		return chosen(s, value)
	}
	return nil
}

// heads tells of a text that is itself a heading or label, and no value.
func (w *words) heads(text string) bool {
	return isSerial(text) || toSign(text) || named(w.names, text) != nil || w.scopeOf(text) != nil ||
		w.usual != nil && w.usual.names[bare(text)] != nil || w.roll != nil && named(w.roll.names, text) != nil
}

// owned takes a leaf that says whose it is without a group: 负责人电话, 帮扶人姓名.
func (w *words) owned(leaf string) *Source {
	t := bare(leaf)
	best, found := "", (*Source)(nil)
	for name, sc := range w.scopes {
		rest, ok := strings.CutPrefix(t, name)
		if !ok || rest == "" || len(name) < len(best) {
			continue
		}
		if s := sc.names[strings.TrimPrefix(rest, "的")]; s != nil {
			best, found = name, s
		}
	}
	if found != nil {
		return found
	}
	if rest, ok := strings.CutSuffix(t, "姓名"); ok { // 入党介绍人姓名
		if s := w.names[rest]; s != nil && s.field != nil && s.field.Target == mainKind {
			return s
		}
	}
	return nil
}
