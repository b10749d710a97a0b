package paper_test

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/paper"
)

func TestCapitalNumber(t *testing.T) {
	for n, want := range map[int]string{0: "零", 5: "伍", 10: "壹拾", 30: "叁拾", 90: "玖拾", 105: "壹佰零伍", 110: "壹佰壹拾", 1001: "壹仟零壹", 2026: "贰仟零贰拾陆", 1100: "壹仟壹佰"} {
		if got := paper.CapitalNumber(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

// onFile looks records up in memory.
type onFile struct{ *model.RecordSet }

func (f onFile) Get(kind, id string) (*model.Record, error) { return f.RecordSet.Get(kind, id), nil }

func (f onFile) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	return f.RecordSet.Find(kind, conds...), nil
}

func (f onFile) OrgCode(string) (string, bool, error) { return "", true, nil }

func record(kind, id string, pairs ...string) *model.Record {
	r := model.NewRecord(party.Kinds.Kind(kind))
	r.ID = id
	for i := 0; i < len(pairs); i += 2 {
		r.Set(pairs[i], pairs[i+1])
	}
	return r
}

// TestTransferLetter: a transfer out gives the letter with its three parts, other
// movements none.
func TestTransferLetter(t *testing.T) {
	p := record("person", "p1", "name", "张三", "sex", "男", "ethnicity", "汉族", "status", "正式党员", "standing", "转出",
		"birth_date", "1970-03-15", "id_number", "990101197003150016", "phone", "10012345678")
	all := model.NewRecordSet()
	all.Add(p)
	env := &model.Env{Today: "2026-10-31", Look: onFile{all}, Home: record("organization", "home", "name", "石桥村党支部"), Kinds: party.Kinds}
	m := record("movement", "m1", "person", "p1", "kind", "转出", "happened_on", "2026-10-20", "to_org", "南塘村党支部",
		"letter_no", "2026-7", "valid_until", "2027-01-18", "dues_paid_to", "2026-10")
	letter, err := paper.OfRecord(env, m)
	if err != nil || letter == nil {
		t.Fatal(letter, err)
	}
	text := strings.Join(letter.Lines, "\n")
	for _, want := range []string{"第 2026-7 号", "由 石桥村党支部 去 南塘村党支部", "南塘村党支部:", "张三同志(男),56岁,汉族", "990101197003150016",
		"党费已交到贰零贰陆年壹拾月", "有效期玖拾天", "【存根】", "【回执联】"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	m.Set("kind", "去世")
	if letter, err := paper.OfRecord(env, m); letter != nil || err != nil {
		t.Errorf("a death gives a letter: %v, %v", letter, err)
	}
}

// TestKindsNamePapers: every paper that a kind names is there, so that saving such a
// record can't fail for a mistyped name.
func TestKindsNamePapers(t *testing.T) {
	named := map[string]bool{}
	for _, k := range party.Kinds.Kinds() {
		for _, name := range k.Papers {
			named[name] = true
		}
	}
	for _, p := range paper.Papers {
		if p.Title == "" || p.Of == nil || !named[p.Name] {
			t.Errorf("%s: no title, no text, or no kind names it", p.Name)
		}
		delete(named, p.Name)
	}
	if len(named) > 0 {
		t.Errorf("kinds name papers that are not there: %v", named)
	}
}
