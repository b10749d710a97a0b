package model_test

import (
	"strings"
	"testing"

	"taizhang/model"
)

func TestCapitalNumber(t *testing.T) {
	for n, want := range map[int]string{0: "零", 5: "伍", 10: "壹拾", 30: "叁拾", 90: "玖拾", 105: "壹佰零伍", 110: "壹佰壹拾", 1001: "壹仟零壹", 2026: "贰仟零贰拾陆", 1100: "壹仟壹佰"} {
		if got := model.CapitalNumber(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

// TestTransferLetter: a transfer out gives the letter with its three parts, other
// movements none.
func TestTransferLetter(t *testing.T) {
	p := record(t, "person", "p1", "name", "张三", "sex", "男", "ethnicity", "汉族", "status", "正式党员", "standing", "转出",
		"birth_date", "1970-03-15", "id_number", "990101197003150016", "phone", "10012345678")
	env := testEnv(t, shelf{"person": {p}})
	m := movement(t, "person", "p1", "kind", "转出", "happened_on", "2026-10-20", "to_org", "南塘村党支部",
		"letter_no", "2026-7", "valid_until", "2027-01-18", "dues_paid_to", "2026-10")
	paper, err := m.Kind.Paper(env, m)
	if err != nil || paper == nil {
		t.Fatal(paper, err)
	}
	text := strings.Join(paper.Lines, "\n")
	for _, want := range []string{"第 2026-7 号", "南塘村党支部:", "张三同志(男),56岁,汉族", "990101197003150016", "党费已交到贰零贰陆年壹拾月", "有效期玖拾天", "【存根】", "【回执联】"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	m.Set("kind", "去世")
	if paper, err := m.Kind.Paper(env, m); paper != nil || err != nil {
		t.Errorf("a death gives a letter: %v, %v", paper, err)
	}
}
