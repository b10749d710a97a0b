package model_test

import (
	"fmt"
	"testing"

	"taizhang/model"
)

// member is a person with movements: "2026-10-05 转出" and so on.
func member(t *testing.T, status, standing, confirmed string, movements ...string) shelf {
	t.Helper()
	p := record(t, "person", "a", "status", status, "standing", standing, "confirmed_on", confirmed)
	p.CreatedAt = "2026-10-20T08:00:00Z"
	look := shelf{"person": {p}}
	for i, text := range movements {
		m := record(t, "movement", fmt.Sprintf("m%d", i), "person", "a", "happened_on", text[:10], "kind", text[11:])
		look["movement"] = append(look["movement"], m)
	}
	return look
}

func TestMonthBalance(t *testing.T) {
	const opened = "2026-01-10 期初在册"
	kept := 5
	cases := []struct {
		name    string
		today   model.Date
		month   model.Month
		opening *int
		who     shelf
		// opening +added −removed = expected; closing (probationary) difference
		want string
	}{
		{"nobody", "2026-10-31", "2026-10", nil, nil, "0 +0 -0 = 0; 0 (0) 0"},
		{"one who stays", "2026-10-31", "2026-10", nil, member(t, "正式党员", "在册", "", opened), "1 +0 -0 = 1; 1 (0) 0"},
		{"the month of the opening", "2026-01-31", "2026-01", nil, member(t, "正式党员", "在册", "", opened), "1 +0 -0 = 1; 1 (0) 0"},
		{"the month before the opening", "2026-01-31", "2025-12", nil, member(t, "正式党员", "在册", "", opened), "0 +0 -0 = 0; 0 (0) 0"},
		{"one who leaves", "2026-10-31", "2026-10", nil, member(t, "正式党员", "转出", "", opened, "2026-10-05 转出"), "1 +0 -1 = 0; 0 (0) 0"},
		{"one who leaves later", "2026-11-30", "2026-10", nil, member(t, "正式党员", "转出", "", opened, "2026-11-05 转出"), "1 +0 -0 = 1; 1 (0) 0"},
		{"one who comes", "2026-10-31", "2026-10", nil, member(t, "正式党员", "在册", "", "2026-10-05 转入"), "0 +1 -0 = 1; 1 (0) 0"},
		{"one who comes later", "2026-11-30", "2026-10", nil, member(t, "正式党员", "在册", "", "2026-11-05 转入"), "0 +0 -0 = 0; 0 (0) 0"},
		{"one who comes and goes", "2026-10-31", "2026-10", nil, member(t, "正式党员", "去世", "", "2026-10-05 转入", "2026-10-20 去世"), "0 +1 -1 = 0; 0 (0) 0"},
		{"one who is accepted", "2026-10-31", "2026-10", nil, member(t, "预备党员", "在册", "", "2026-10-05 接收预备党员"), "0 +1 -0 = 1; 1 (1) 0"},
		{"one who was confirmed afterwards", "2026-11-30", "2026-10", nil, member(t, "正式党员", "在册", "2026-11-01", opened, "2026-11-01 转正"), "1 +0 -0 = 1; 1 (1) 0"},
		{"what changes nothing", "2026-10-31", "2026-10", nil, member(t, "正式党员", "在册", "", opened, "2026-10-02 外出流动", "2026-10-03 处分"), "1 +0 -0 = 1; 1 (0) 0"},
		{"expelled", "2026-10-31", "2026-10", nil, member(t, "正式党员", "出党", "", opened, "2026-10-02 开除党籍"), "1 +0 -1 = 0; 0 (0) 0"},
		{"no member", "2026-10-31", "2026-10", nil, member(t, "入党积极分子", "在册", ""), "0 +0 -0 = 0; 0 (0) 0"},
		{"entered without a movement: to be explained", "2026-10-31", "2026-10", nil, member(t, "正式党员", "在册", ""), "0 +0 -0 = 0; 1 (0) 1"},
		{"gone without a movement: to be explained", "2026-10-31", "2026-10", nil, member(t, "正式党员", "转出", "", opened), "1 +0 -0 = 1; 0 (0) -1"},
		{"another count when the month before was closed", "2026-10-31", "2026-10", &kept, member(t, "正式党员", "在册", "", opened), "5 +0 -0 = 5; 1 (0) -4"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			env := &model.Env{Today: c.today, Look: c.who, Kinds: model.Kinds}
			b, err := model.MonthBalance(env, c.month, c.opening)
			if err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprintf("%d +%d -%d = %d; %d (%d) %d", b.Opening, b.Added, b.Removed, b.Expected, b.Closing, b.Probationary, b.Difference)
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
