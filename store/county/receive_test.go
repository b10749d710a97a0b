package county_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

func TestReceive(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	zhang := v.person(t, "张三", "phone", "10012345678")
	v.add(t, "skill", "person", zhang.ID, "technique", "果树嫁接", "mastery", "熟练")
	sent := v.export(t)

	in := o.one(t, sent.Path)
	if in.Verdict != county.Accepted || in.Code != v.code || in.Changes["person"] != (county.Difference{Added: 1}) || in.Hash != sent.Hash || in.FileHash != sent.FileHash {
		t.Fatalf("first: %+v", in)
	}
	got, err := o.l.Get(ctx, "person", zhang.ID)
	must(t, err)
	if got.Str("phone") != "10012345678" || got.OrgID != v.Home().ID {
		t.Errorf("at the county: %+v", got)
	}
	found, err := o.l.Page(ctx, store.Query{Kind: "person", Find: "zs"})
	must(t, err)
	if len(found.Records) != 1 {
		t.Errorf("found %d by pinyin", len(found.Records))
	}

	before := o.dump(t)
	if again := o.one(t, sent.Path); again.Verdict != county.Already {
		t.Errorf("again: %+v", again)
	}
	if o.dump(t) != before {
		t.Error("the second time changed the ledger")
	}

	zhang, err = v.Get(ctx, "person", zhang.ID)
	must(t, err)
	zhang.Set("name", "张三丰")
	_, err = v.Save(ctx, model.AsRecorded, zhang)
	must(t, err)
	next := v.export(t)
	if in = o.one(t, next.Path); in.Verdict != county.Accepted || fmt.Sprint(in.Changes) != "map[person:{0 1 0 0}]" {
		t.Errorf("a name changed: %+v", in)
	}
	skills, err := o.l.Page(ctx, store.Query{Kind: "skill", Find: "zsf"})
	must(t, err)
	if len(skills.Records) != 1 {
		t.Errorf("the skill is not found by its person's new name")
	}
	must(t, v.Delete(ctx, "person", zhang.ID))
	if in = o.one(t, v.export(t).Path); in.Changes["person"] != (county.Difference{Deleted: 1}) {
		t.Errorf("deleted: %+v", in)
	}
	must(t, o.l.Integrity(ctx))
}

// TestReceiveFolder takes in a stick with several bundles of one village and other
// things on it.
func TestReceiveFolder(t *testing.T) {
	o := newOffice(t)
	v, other := o.village(t, "990101101201", 100), o.village(t, "990101101202", 50)
	first := v.export(t)
	v.export(t)
	other.export(t)
	must(t, os.WriteFile(filepath.Join(o.stick, "说明.txt"), []byte("x"), 0o600))
	must(t, os.WriteFile(filepath.Join(o.stick, "别的.tzb"), []byte("x"), 0o600))
	must(t, os.Mkdir(filepath.Join(o.stick, "空"), 0o700))
	var verdicts []string
	for _, in := range o.receive(t, o.stick, filepath.Join(o.stick, "没有")) {
		verdicts = append(verdicts, in.File+" "+in.Verdict)
	}
	slices.Sort(verdicts)
	want := []string{"990101101201_2026-10_0001.tzb 已接收", "990101101201_2026-10_0002.tzb 已接收", "990101101202_2026-10_0001.tzb 已接收",
		"别的.tzb 被退回", "没有 读不出", "说明.txt 不是报送包"}
	if !slices.Equal(verdicts, want) {
		t.Errorf("got %q", verdicts)
	}
	if in := o.one(t, first.Path); in.Verdict != county.Already {
		t.Errorf("the older one again: %+v", in)
	}
}

// TestReceiveSetsAside takes in a bundle with rows that fail: they stay out and are
// named, with what needs them, and the rest is in.
func TestReceiveSetsAside(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	good := v.person(t, "张三")
	bad := v.person(t, "李四")
	lost := v.add(t, "skill", "person", bad.ID, "technique", "养蜂")
	course := v.add(t, "training", "title", "果树", "topic", "生产技术", "method", "集中培训", "organizer", "农技站", "started_on", "2026-03-01", "attendance", good.ID+"=参加;"+bad.ID+"=参加")
	kept := v.add(t, "skill", "person", good.ID, "technique", "养蜂", "training", course.ID)
	twin := v.person(t, "王五", "birth_date", "1990-01-01", "id_number", "990101199001010019")
	repeat := v.person(t, "赵六", "birth_date", "1990-01-01", "id_number", "990101199001010035")
	sent := v.export(t)
	path := v.changed(t, sent, func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
		set(tables, rs, "person", bad.ID, "sex", "未知")
		set(tables, rs, "skill", kept.ID, "training", "01900000-0000-7000-8000-000000000000")
		set(tables, rs, "person", repeat.ID, "id_number", twin.Str("id_number"))
		for i := range rs {
			if rs[i].Name == "skill" {
				rs[i].Schema.Fields = append(slices.Clone(rs[i].Schema.Fields), model.SchemaField{Name: "novelty", Type: "string", Title: "新"})
			}
		}
		for i := range tables["skill"] {
			tables["skill"][i] = append(tables["skill"][i], "x")
		}
		return rs
	})
	in := o.one(t, path)
	if in.Verdict != county.Partly || in.SetAside != 3 || !slices.Equal(in.Unknown, []string{"skill.novelty"}) {
		t.Fatalf("got %+v", in)
	}
	var got []string
	for _, p := range in.Problems {
		if p.Effect != "" {
			got = append(got, strings.Join([]string{p.Kind, p.ID, p.Field, p.Effect, p.Label}, " "))
		}
	}
	slices.Sort(got)
	want := []string{
		"person " + bad.ID + " sex 未收入 李四", "person " + repeat.ID + " id_number 未收入 赵六",
		"skill " + kept.ID + " training 已清空 张三 养蜂", "skill " + lost.ID + " person 未收入 李四 养蜂",
		"training " + course.ID + " attendance 已清空 2026-03-01 果树",
	}
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	n, err := o.l.Count(ctx, store.Query{Kind: "person"})
	must(t, err)
	if n != 2 {
		t.Errorf("%d persons", n)
	}
	must(t, o.l.Integrity(ctx))
}

// TestReceiveReferredTo takes away a record to which the county's own refers: it
// stays in the recycle bin, so that the county's record goes on naming it, until
// the village has it again.
func TestReceiveReferredTo(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	who := v.person(t, "张三")
	o.one(t, v.export(t).Path)
	own, err := o.l.New(ctx, "skill")
	must(t, err)
	own.Set("person", who.ID)
	own.Set("technique", "养蜂")
	_, err = o.l.Save(ctx, model.AsRecorded, own)
	must(t, err)
	for _, want := range []string{"map[person:{0 0 1 0}]", "map[]"} {
		path := v.changed(t, v.export(t), func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
			tables["person"] = nil
			return rs
		})
		if in := o.one(t, path); in.Verdict != county.Accepted || fmt.Sprint(in.Changes) != want {
			t.Errorf("gone: %+v", in)
		}
		r, err := o.l.Get(ctx, "skill", own.ID)
		must(t, err)
		if r.Text("person") != "张三(已删除)" {
			t.Errorf("the county's record names %q", r.Text("person"))
		}
		must(t, o.l.Integrity(ctx))
	}
	if in := o.one(t, v.export(t).Path); fmt.Sprint(in.Changes) != "map[person:{1 0 0 0}]" {
		t.Errorf("there again: %+v", in)
	}
	r, err := o.l.Get(ctx, "skill", own.ID)
	must(t, err)
	if r.Text("person") != "张三" {
		t.Errorf("the county's record names %q", r.Text("person"))
	}
}

// TestReceiveEarlier sends a number that was left out before: an older bundle is
// passed over though it was never seen.
func TestReceiveEarlier(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	first, second := v.export(t), v.export(t)
	o.one(t, second.Path)
	before := o.dump(t)
	if in := o.one(t, first.Path); in.Verdict != county.Already || !strings.Contains(in.Reason, "旧") {
		t.Errorf("got %+v", in)
	}
	if o.dump(t) != before {
		t.Error("the ledger has changed")
	}
}
