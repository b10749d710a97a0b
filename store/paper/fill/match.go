package fill

import (
	"regexp"
	"strings"
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

var (
	remark   = regexp.MustCompile(`[((〔【\[][^))〕】\]]*[))〕】\]]`)
	numbered = regexp.MustCompile(`^(\d+|[一二三四五六七八九十]+)[.、.]`)
)

// bare folds a heading and takes its remarks and its number off.
func bare(text string) string {
	return key(numbered.ReplaceAllString(remark.ReplaceAllString(strings.Join(strings.Fields(text), ""), ""), ""))
}

// Words that say of whom or when and not what: they are taken off where a heading isn't
// known with them.
var (
	leading  = []string{"本人", "党员", "现任", "现有", "目前", "本月", "本次", "本年", "主要", "个人", "其", "现", "实际", "具体", "所在", "填写", "户主"}
	trailing = []string{"情况", "(元)", "元", "万元", "名称", "岁", "年", "人", "户", "说明", "数"}
)

// named looks a heading up in a table of names: as it is, then without its remarks, then
// without the words of whom or when.
func named(names map[string]*Source, text string) *Source {
	for _, t := range []string{key(text), bare(text)} {
		if s := names[t]; s != nil {
			return s
		}
	}
	t := bare(text)
	for _, w := range leading {
		if rest, ok := strings.CutPrefix(t, w); ok && rest != "" {
			if s := names[rest]; s != nil {
				return s
			}
		}
	}
	for _, w := range trailing {
		if rest, ok := strings.CutSuffix(t, w); ok && len([]rune(rest)) > 1 {
			if s := names[rest]; s != nil {
				return s
			}
		}
	}
	if rest, ok := strings.CutPrefix(t, "是否"); ok && rest != "" {
		if s := named(names, strings.TrimPrefix(rest, "为")); s != nil {
			return yesNo(s)
		}
	}
	return nil
}

// isSerial tells of the column of running numbers.
func isSerial(text string) bool {
	switch bare(text) {
	case "序号", "编号", "序", "号", "no":
		return true
	}
	return false
}

// toSign tells of a place where somebody signs or a seal is put: it stays blank and is
// not named.
func toSign(text string) bool {
	t := bare(text)
	for _, w := range []string{"签名", "签字", "签章", "盖章", "签收", "领取人", "手印"} {
		if strings.Contains(t, w) {
			return true
		}
	}
	return false
}

// scopeOf gives the ref that a group's heading speaks of, nil for none.
func (w *words) scopeOf(group string) *scope {
	t := bare(group)
	for _, tail := range []string{"", "信息", "情况", "基本信息", "基本情况", "资料"} {
		if rest, ok := strings.CutSuffix(t, tail); ok {
			if s := w.scopes[rest]; s != nil {
				return s
			}
		}
	}
	return nil
}

// foreign tells of a group that speaks of somebody or something of its own: what stands
// below it isn't the record's.
func foreign(group string) bool {
	t := bare(group)
	for _, tail := range []string{"党组织", "党委", "支部", "单位", "机构", "企业", "部门", "人", "人员", "员", "对象", "主体", "户", "公司", "成员", "家庭"} {
		if strings.HasSuffix(t, tail) {
			return true
		}
	}
	return false
}

// source gives what a heading is filled with, nil for nothing known. A group's word
// leads: 负责人/姓名 is the owner's name, 外出/时间 is 外出时间. strange tells that the
// leaf was taken although its group may speak of something else.
func (w *words) source(h *heading, byRoll bool) (s *Source, strange bool) {
	leaf, groups := h.chain[len(h.chain)-1], h.chain[:len(h.chain)-1]
	if isSerial(leaf) {
		return serial, false
	}
	if byRoll && w.roll != nil {
		return named(w.roll.names, leaf), false
	}
	for i := len(groups) - 1; i >= 0; i-- {
		sc := w.scopeOf(groups[i])
		if sc == nil {
			continue
		}
		below := strings.Join(groups[i+1:], "") + leaf
		for _, text := range []string{below, leaf} {
			if s := named(sc.names, text); s != nil {
				return s, false
			}
		}
		return nil, false
	}
	for i := range groups {
		if s := named(w.names, strings.Join(groups[i:], "")+leaf); s != nil {
			return s, false
		}
	}
	for _, g := range groups {
		strange = strange || foreign(g)
	}
	if s := named(w.names, leaf); s != nil {
		return s, strange
	}
	if s := w.owned(leaf); s != nil {
		return s, strange
	}
	if w.usual != nil {
		return named(w.usual.names, leaf), strange
	}
	return nil, false
}

// heads tells of a text that is itself a heading or label, and no value.
func (w *words) heads(text string) bool {
	return isSerial(text) || toSign(text) || named(w.names, text) != nil || w.scopeOf(text) != nil || w.roll != nil && named(w.roll.names, text) != nil
}

// owned takes a leaf that says whose it is without a group: 负责人电话, 帮扶人姓名.
func (w *words) owned(leaf string) *Source {
	t := bare(leaf)
	for name, sc := range w.scopes {
		if rest, ok := strings.CutPrefix(t, name); ok && rest != "" {
			if s := named(sc.names, rest); s != nil {
				return s
			}
		}
	}
	return nil
}
