package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"taizhang/model"
)

// mends asks that an error is one that a person can mend, in Chinese and harmless.
func mends(t *testing.T, err error) {
	t.Helper()
	var known *model.Error
	if !errors.As(err, &known) {
		t.Fatalf("a fault of the program: %v", err)
	}
	if _, _, found := model.Hidden(known.Message, false); found || len(known.Message) > 2000 || !strings.ContainsFunc(known.Message, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		t.Fatalf("says %q", known.Message)
	}
}

// fuzzKey is the county of these tests.
func fuzzKey(f *testing.F) *CountyKey {
	f.Helper()
	key, err := NewCountyKey(bytes.NewReader(bytes.Repeat([]byte{9}, 256)))
	if err != nil {
		f.Fatal(err)
	}
	return key
}

// sealText signs any text, as a county's program with a fault, or one gone bad, could.
func sealText(t *testing.T, key *CountyKey, text []byte) []byte {
	t.Helper()
	data, err := marshal(Sealed{Signed: string(text), Signature: string(sign(key.Signing, text, "x", time.Unix(0, 0)))})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// FuzzReceipt opens whatever comes as a receipt, raw and signed: what is taken is in
// order and holds nothing hidden.
func FuzzReceipt(f *testing.F) {
	key := fuzzKey(f)
	r := Receipt{Type: receiptType, Format: Format, County: "澄安县", PublicKey: key.PublicKey(), Issued: "2026-10-31T09:00:00Z", Organization: Organization{"o1", "990101001", "石桥村"},
		Month: "2026-10", Sequence: 7, Hash: strings.Repeat("a", 64), Handled: "2026-10-31T09:00:00Z", Number: 3, Verdict: VerdictPartly, Unknown: []string{"person.x"},
		Problems: []ReceiptProblem{{Kind: "person", ID: "p1", Label: "张三", Field: "name", Code: "E-TYPE", Severity: "error", Effect: "未收入", Message: "请\u202e改"}}}
	text, err := marshal(r)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add(bytes.Replace(text, []byte("石桥村"), []byte(`石\u202e桥村`), 1))
	f.Add([]byte(`{"signed":"{}","signature":""}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, err := OpenReceipt(text, key.PublicKey()); err == nil {
			t.Fatalf("unsigned, and taken: %q", text)
		} else {
			mends(t, err)
		}
		got, err := OpenReceipt(sealText(t, key, text), key.PublicKey())
		if err != nil {
			mends(t, err)
			return
		}
		again, err := json.Marshal(got)
		if err != nil || !got.Month.Valid() || got.Sequence < 1 || !hexForm.MatchString(got.Hash) {
			t.Fatalf("taken: %+v, %v", got, err)
		}
		for _, p := range got.Problems {
			if _, _, found := model.Hidden(p.Message+p.Label+p.ID+p.Kind+p.Field+p.Code+p.Effect, true); found {
				t.Fatalf("hidden in %s", again)
			}
		}
	})
}

// FuzzProfile opens whatever comes as a profile, signed: what is taken is sealed and
// opened again as it is.
func FuzzProfile(f *testing.F) {
	key := fuzzKey(f)
	p := Profile{Type: profileType, Format: Format, Code: "990101", Name: "澄安县委组织部", Version: 1, Issued: "2026-10-31T09:00:00Z", Recipient: key.Recipient(), PublicKey: key.PublicKey(),
		Parameters: map[string]string{"pass_mark": "60"}, DeadlineDay: 5, Identity: IdentityWhole, Units: []Unit{{"990101001", "石桥村", "石桥镇", "行政村", "10000000001"}}}
	text, err := marshal(p)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add(bytes.Replace(text, []byte("石桥村"), []byte("石桥\u200b村"), 1))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := OpenProfile(sealText(t, key, text), "")
		if err != nil {
			mends(t, err)
			return
		}
		if hidden(*got) {
			t.Fatalf("hidden in %q", text)
		}
		data, err := SealProfile(*got, key, time.Unix(1800000000, 0))
		if err != nil {
			t.Fatalf("taken, but not in order: %v", err)
		}
		if _, err := OpenProfile(data, key.PublicKey()); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzCard opens whatever comes as a start card, signed, around a good profile and around
// what stands in it.
func FuzzCard(f *testing.F) {
	key := fuzzKey(f)
	profile, err := SealProfile(Profile{Code: "990101", Name: "澄安县委组织部", Version: 1, DeadlineDay: 5, Identity: IdentityWhole}, key, time.Unix(0, 0))
	if err != nil {
		f.Fatal(err)
	}
	text, err := marshal(Card{Type: cardType, Format: Format, Issued: "2026-10-31T09:00:00Z", Code: "990101001", Name: "石桥村", Kind: "党支部", County: "澄安县", Profile: string(profile)})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add(bytes.Replace(text, []byte("党支部"), []byte("党支\x1b部"), 1))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, p, err := OpenCard(sealText(t, key, text), "")
		if err != nil {
			mends(t, err)
			return
		}
		if p == nil || hidden(c.Name, c.Kind, c.Township, c.Domain, c.County, *p) || model.CheckOrgCode("", c.Code) != nil {
			t.Fatalf("taken: %+v", c)
		}
	})
}
