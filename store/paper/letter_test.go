package paper_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/paper"
)

func TestCapitalNumber(t *testing.T) {
	for n, want := range map[int]string{0: "零", 5: "伍", 10: "壹拾", 30: "叁拾", 90: "玖拾", 105: "壹佰零伍", 110: "壹佰壹拾", 1001: "壹仟零壹", 2026: "贰仟零贰拾陆", 1100: "壹仟壹佰"} {
		if got := paper.CapitalNumber(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

// transferOut puts a member on file who goes to another organisation.
func transferOut(t *testing.T) (*store.Ledger, *model.Record) {
	t.Helper()
	l, err := book.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"),
		store.Home{Code: "990101001", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村", Township: "柳河镇"}, store.Options{Source: source(3), By: "李书记"})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	put := func(kind string, set map[string]model.Value) *model.Record {
		t.Helper()
		r, err := l.New(ctx, kind)
		must(t, err)
		for field, v := range set {
			r.Set(field, v)
		}
		s, err := l.Save(ctx, model.FromForm, r)
		must(t, err)
		return s.Records[0]
	}
	p := put("person", map[string]model.Value{"name": "张三", "sex": "男", "ethnicity": "汉族", "status": "正式党员", "standing": "在册",
		"birth_date": model.Date("1970-03-15"), "id_number": "990101197003150016", "id_checked": true, "phone": "10012345678",
		"joined_on": model.Date("1999-07-01"), "confirmed_on": model.Date("2000-07-01")})
	return l, put("movement", map[string]model.Value{"person": p.ID, "kind": "转出", "happened_on": model.Date("2026-10-20"), "to_org": "南塘村党支部",
		"letter_no": "2026-7", "valid_until": model.Date("2027-01-18"), "dues_paid_to": model.Month("2026-10")})
}

// TestTransferLetter: a transfer out gives the letter with its three parts on one page,
// with whole numbers only for a purpose and a receiver, which the history keeps; other
// movements give none.
func TestTransferLetter(t *testing.T) {
	t.Parallel()
	l, m := transferOut(t)
	p := paper.Find("letter")
	if found := paper.Giving(m); len(found) != 1 || found[0] != p || !p.AfterSave {
		t.Fatalf("a transfer out gives %v", found)
	}
	q := paper.Ask(ctx, l)
	q.Record = m
	made, err := paper.Make(ctx, p, q)
	must(t, err)
	text := strings.Join(made.Lines(), "\n")
	for _, want := range []string{"第 2026-7 号", "由 石桥村党支部 去 南塘村党支部", "南塘村党支部:", "张三同志(男),56岁,汉族", "990101************",
		"党费已交到贰零贰陆年壹拾月", "有效期玖拾天", "介绍信存根", "回执联", "回执粘贴处", "加盖骑缝章"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "990101197003150016") || strings.Contains(text, "10012345678") || made.Pages[0].Inside {
		t.Errorf("whole numbers without a purpose:\n%s", text)
	}
	height := 0.0
	for _, r := range made.Pages[0].Rows {
		height += r.Height
	}
	if most := (297.0 - 14 - 16) / 25.4 * 72; height > most || len(made.Pages) != 1 {
		t.Errorf("the letter takes %.0f points of %.0f on %d sheets", height, most, len(made.Pages))
	}
	if purpose, receiver := p.Suggest(q); purpose != "转接组织关系" || receiver != "南塘村党支部" {
		t.Errorf("proposed: %s, %s", purpose, receiver)
	}
	q.Whole = true
	var known *model.Error
	if _, err := paper.Make(ctx, p, q); !errors.As(err, &known) || known.Code != "E-PURPOSE" {
		t.Errorf("whole numbers for nothing: %v", err)
	}
	q.Purpose, q.Receiver = p.Suggest(q)
	made, err = paper.Make(ctx, p, q)
	must(t, err)
	if text := strings.Join(made.Lines(), "\n"); !strings.Contains(text, "990101197003150016") || !strings.Contains(text, "10012345678") || !made.Pages[0].Inside {
		t.Errorf("whole numbers are not whole:\n%s", text)
	}
	must(t, made.Note(ctx, "介绍信.xlsx"))
	past, err := l.HandedOut(ctx, 0)
	if err != nil || len(past) != 1 || past[0].Title != "党员组织关系介绍信 张三 转出" || past[0].Receiver != "南塘村党支部" || past[0].By != "李书记" {
		t.Errorf("kept: %+v, %v", past, err)
	}
	m.Set("kind", "去世")
	if found := paper.Giving(m); len(found) != 0 {
		t.Errorf("a death gives %v", found)
	}
}

// TestBlankLetter: an empty letter has lines to write on and nobody's name.
func TestBlankLetter(t *testing.T) {
	t.Parallel()
	l, _ := transferOut(t)
	q := paper.Ask(ctx, l)
	q.Blank = true
	made, err := paper.Make(ctx, paper.Find("letter"), q)
	must(t, err)
	text := strings.Join(made.Lines(), "\n")
	if !strings.Contains(text, "________同志(男/女)") || strings.Contains(text, "张三") || made.FileName() != "党员组织关系介绍信 空白.xlsx" {
		t.Errorf("%s:\n%s", made.FileName(), text)
	}
	must(t, made.Note(ctx, ""))
	if past, err := l.HandedOut(ctx, 0); err != nil || len(past) != 0 {
		t.Errorf("a blank form is kept as handed out: %+v, %v", past, err)
	}
}

// TestKindsNamePapers: every paper that a kind names is there and is shown after saving,
// and every paper that is shown so is named, so that a mistyped name can't fall silent.
func TestKindsNamePapers(t *testing.T) {
	named := map[string]string{}
	for _, k := range party.Kinds.Kinds() {
		for _, name := range k.Papers {
			named[name] = k.Name
		}
	}
	seen := map[string]bool{}
	for _, p := range paper.All {
		if p.Name == "" || p.Title == "" || p.Group == "" || p.Make == nil || seen[p.Name] || paper.Find(p.Title) != p {
			t.Errorf("%s: named twice, or without a name, title, group or content", p.Name)
		}
		seen[p.Name] = true
		if kind := named[p.Name]; p.AfterSave != (kind != "") || kind != "" && kind != p.Kind {
			t.Errorf("%s: shown after saving %v, named by %q", p.Name, p.AfterSave, kind)
		}
		if p.Kind != "" && party.Kinds.Kind(p.Kind) == nil {
			t.Errorf("%s is of %s, which is no kind", p.Name, p.Kind)
		}
		delete(named, p.Name)
	}
	if len(named) > 0 {
		t.Errorf("kinds name papers that are not there: %v", named)
	}
}
