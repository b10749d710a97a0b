package sheet_test

import (
	"testing"

	"taizhang/store/sheet"
)

// TestASheetWithoutKeptAs finds that what a department gave came in as 本级主办 when the
// list had no such column; one that has it says what it says.
func TestASheetWithoutKeptAs(t *testing.T) {
	l := mustCreate(t)
	home := l.Home().Str("name")
	p := mustRead(t, l, "aid", workbook(t, "帮扶.xlsx", table("类别,事项,提供单位,日期",
		"物资,送种子,澄安县农业农村局,2026-03-01", "物资,送秧苗,"+home+",2026-03-02")), sheet.ReadOptions{})
	for i, want := range []string{"参加或接受", "本级主办"} {
		if r := p.Rows[i]; r.Record == nil || r.Record.Str("kept_as") != want {
			t.Errorf("row %d is not %s: %+v", i, want, r)
		}
	}
	p = mustRead(t, l, "aid", workbook(t, "写明.xlsx", table("类别,事项,提供单位,日期,记录身份",
		"物资,送种子,澄安县农业农村局,2026-03-01,本级主办")), sheet.ReadOptions{})
	if got := p.Rows[0].Record.Str("kept_as"); got != "本级主办" {
		t.Errorf("written 本级主办 and read %s", got)
	}
}
