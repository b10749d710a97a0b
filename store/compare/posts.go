package compare

import (
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// partyPosts are the posts of a party organisation as lists name them, each before those
// that its name holds, with ours.
var partyPosts = [][2]string{{"第一书记", "第一书记"}, {"副书记", "副书记"}, {"书记", "书记"}, {"组织委员", "组织委员"}, {"宣传委员", "宣传委员"},
	{"纪律检查委员", "纪检委员"}, {"纪检监察委员", "纪检委员"}, {"纪检委员", "纪检委员"}, {"党小组长", "党小组长"}, {"党小组组长", "党小组长"}, {"委员", "委员"}}

// postsIn reads the posts in a party organisation out of a cell; others in it are passed over.
func postsIn(text string) []string {
	text = strings.ReplaceAll(model.Fold(text), "委员会", "")
	var all []string
	for _, p := range partyPosts {
		if strings.Contains(text, p[0]) {
			text = strings.ReplaceAll(text, p[0], "")
			if !slices.Contains(all, p[1]) {
				all = append(all, p[1])
			}
		}
	}
	return all
}

// asPost gives the name of a post on file as lists have it, "" for one that they have not.
func asPost(r *model.Record) string {
	post := r.Str("post")
	if post == "组长" {
		return "党小组长"
	}
	if len(postsIn(post)) == 0 {
		return ""
	}
	return post
}

// answers reports whether two posts may be one: a list often has 委员 for 组织委员.
func answers(a, b string) bool {
	return a == b || a == "委员" && strings.HasSuffix(b, "委员") || b == "委员" && strings.HasSuffix(a, "委员")
}

// posts compares the posts in the party organisation.
func (c *comparison) posts(r *row) {
	if c.post < 0 || !membership.IsMember(r.person.Record) {
		return
	}
	p := r.person
	theirs := postsIn(r.text(c.post))
	var ours []string
	var odd *model.Record // a post here that the list has not
	for _, held := range p.posts {
		post := asPost(held)
		if post == "" || slices.Contains(ours, post) {
			continue
		}
		ours = append(ours, post)
		if !slices.ContainsFunc(theirs, func(t string) bool { return answers(t, post) }) {
			odd = held
		}
	}
	more := slices.ContainsFunc(theirs, func(t string) bool { return !slices.ContainsFunc(ours, func(o string) bool { return answers(t, o) }) })
	if odd == nil && !more {
		return
	}
	d := Difference{Sort: Differs, Kind: positionKind, Field: "post", Label: "党内职务", Ours: strings.Join(ours, "、"), Theirs: strings.Join(theirs, "、"),
		Why: "要在“任职”里登记任职、免职", Preset: map[string]model.Value{"person": p.ID, "body": partyBody}}
	if odd != nil {
		d.ID, d.now = odd.ID, odd.Get("post")
	} else if len(theirs) > 0 {
		d.Preset["post"] = theirs[0]
	}
	c.add(p.OrgID, p.Str("name"), r, d)
}

// marks compares what a list answers with yes or no: 是否为失联党员, 是否为流动党员.
func (c *comparison) marks(r *row) {
	if !membership.IsMember(r.person.Record) {
		return
	}
	for _, m := range []struct {
		column int
		field  string
		label  string
		why    string
	}{
		{c.lost, "lost_since", "失联", "要写明失去联系的日期,请打开记录填写"},
		{c.mobile, "away", "流动", throughMovement},
	} {
		theirs, said := yes(r.text(m.column))
		ours := r.person.Filled(m.field)
		if m.column < 0 || !said || theirs == ours || r.Asks(m.field) && r.Given[m.field] {
			continue
		}
		d := Difference{Sort: Differs, Kind: c.kind.Name, ID: r.person.ID, Field: m.field, Label: m.label, Ours: yesNo(ours), Theirs: yesNo(theirs), Why: m.why}
		c.add(r.person.OrgID, r.person.Str("name"), r, d)
	}
}

// yes reads an answer; said is false where the cell says neither.
func yes(text string) (yes, said bool) {
	switch model.Fold(text) {
	case "是", "1", "有", "√", "y", "yes":
		return true, true
	case "否", "0", "无", "不是", "×", "n", "no":
		return false, true
	}
	return false, false
}

func yesNo(v bool) string {
	if v {
		return "是"
	}
	return "否"
}
