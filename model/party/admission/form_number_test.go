package admission_test

import (
	"strconv"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/admission"
)

func TestParseFormRange(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"0001-0010": "0001-0010 10", "a0001—0010": "A0001-A0010 10", "A0001-A0010": "A0001-A0010 10", "0007": "0007 1", "0 001 至 0003": "0001-0003 3",
		"A0098-102": "A0098-A0102 5", "NO.12-NO.13": "NO.12-NO.13 2",
		"": "", "甲": "", "0010-0001": "", "A01-B02": "", "00001-99999": "", "0001-00010": "",
	} {
		r, err := admission.ParseFormRange(text)
		got := ""
		if err == nil {
			got = r.Text() + " " + strconv.Itoa(r.Size())
		}
		if got = strings.TrimSpace(got); got != want {
			t.Errorf("%q is %q, not %q (%v)", text, got, want, err)
		}
	}
}

func TestCountForms(t *testing.T) {
	t.Parallel()
	k := party.Kinds.Kind("admission")
	made := func(no, approved, ended string) *model.Record {
		r := model.New(&model.Env{}, k)
		r.Set("form_no", no)
		if approved != "" {
			r.Set("approved_on", model.Date(approved))
		}
		if ended != "" {
			r.Set("ended_on", model.Date(ended))
		}
		return r
	}
	all := []*model.Record{made("a0001", "2026-03-01", ""), made("A 0003", "", ""), made("B9", "2025-12-31", ""), made("A0004", "", "2026-02-01")}
	f := admission.CountForms([]admission.FormRange{{First: "A0001", Last: "A0009"}}, []string{"A0004", "A0005"}, all)
	if f.Issued != 9 || admission.Runs(f.Used) != "A0001、A0003" || admission.Runs(f.Void) != "A0004-A0005" || admission.Runs(f.Left) != "A0002、A0006-A0009" || admission.Runs(f.Strange) != "B9" {
		t.Errorf("%+v", f)
	}
	if q := admission.CountQuota(all, 2026, "2026-06-30"); q != (admission.Quota{Approved: 1, UnderWay: 1}) {
		t.Errorf("%+v", q)
	}
	if q := admission.CountQuota(all, 2026, "2026-02-28"); q.Approved != 0 {
		t.Errorf("before it was approved: %+v", q)
	}
}
