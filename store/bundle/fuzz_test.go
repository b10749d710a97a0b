package bundle

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"taizhang/model"
)

// FuzzOpen gives Open whatever comes: it must neither break nor take a ZIP whose
// tables are not those that are signed.
func FuzzOpen(f *testing.F) {
	key, err := NewSigningKey(bytes.NewReader(make([]byte, 64)))
	if err != nil {
		f.Fatal(err)
	}
	var b Builder
	k := &model.Kind{Name: "organization", Title: "党组织", Label: []string{"name"}, Columns: []string{"name"},
		Sections: []model.Section{{Fields: []*model.Field{{Name: "name", Label: "名称", Type: model.TypeText}}}}}
	r := Resources(model.NewCatalog(k), "organization")[0]
	err = b.Add(f.Context(), r, func(yield func([]string, error) bool) {
		yield([]string{"o1", "o1", "2026-10-01T08:00:00Z", "2026-10-01T08:00:00Z", "1", "", "石桥村"}, nil)
	})
	if err != nil {
		f.Fatal(err)
	}
	w, err := b.Finish(Meta{Organization: Organization{"o1", "990101001", "石桥村"}, Month: "2026-10", Sequence: 1}, key, time.Unix(0, 0))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(w.ZIP)
	f.Add(w.ZIP[:len(w.ZIP)-30])
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open(data)
		if err != nil {
			return
		}
		if !b.Signed || len(b.files) != len(b.Package.Resources)+2 {
			t.Error("taken without its signature or with other files")
		}
		for _, r := range b.Package.Resources {
			for row, err := range b.Rows(r.Name) {
				if err == nil && len(row) != len(r.Schema.Fields) {
					t.Error("a row of another width")
				}
			}
		}
	})
}

// FuzzUnwrap gives Unwrap whatever comes: it must neither break nor give more than a
// bundle may be, and what it refuses is a fault of the file, never of the disk.
func FuzzUnwrap(f *testing.F) {
	key, err := NewCountyKey(bytes.NewReader(bytes.Repeat([]byte{7}, 256)))
	if err != nil {
		f.Fatal(err)
	}
	var sealed bytes.Buffer
	if err := Encrypt(&sealed, []byte("PK\x03\x04"), key.Recipient()); err != nil {
		f.Fatal(err)
	}
	f.Add(sealed.Bytes())
	f.Add(sealed.Bytes()[:sealed.Len()-1])
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte(ageIntro + "-> X25519 \n--- \n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		data, plain, err := Unwrap(bytes.NewReader(file), key.Identity)
		var fault *model.Error
		switch {
		case err != nil && !errors.As(err, &fault):
			t.Errorf("not a fault of the file: %v", err)
		case err == nil && plain && !bytes.Equal(data, file):
			t.Error("a plain bundle is not given as it is")
		case err == nil && len(data) > MaxSize:
			t.Error("too large")
		}
	})
}

// FuzzPackage holds the reader of datapackage.json: what it takes says the same to
// encoding/json, and is sound.
func FuzzPackage(f *testing.F) {
	f.Add([]byte(`{"taizhang":{"format":2,"schema":1}}`))
	text, err := marshal(Package{Taizhang: Meta{Format: 1, Schema: 1, Month: "2026-10", Sequence: 1}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(t *testing.T, text []byte) {
		var b Bundle
		newer, err := b.readPackage(text)
		if err != nil || newer != nil {
			return
		}
		var p Package
		if json.Unmarshal(text, &p) != nil || p.Taizhang.Sequence != b.Package.Taizhang.Sequence || p.check() != "" {
			t.Errorf("taken: %q", text)
		}
	})
}

// FuzzRows reads any text as a table: what is read is written the same again, and
// encoding/csv reads the same values but for carriage returns.
func FuzzRows(f *testing.F) {
	f.Add("a,b\r\n\"x\r\ny\",\"\"\"\"\r\n", 2)
	f.Add("\"\"\r\n", 1)
	f.Add(" a,b \r\n", 2)
	f.Fuzz(func(t *testing.T, text string, width int) {
		if width < 1 || width > 10 {
			return
		}
		var all [][]string
		var again []byte
		for row, err := range rows(strings.NewReader(text), width) {
			if err != nil {
				return
			}
			all, again = append(all, row), appendRow(again, row)
		}
		i := 0
		for row, err := range rows(bytes.NewReader(again), width) {
			if err != nil || !slices.Equal(row, all[i]) {
				t.Fatalf("row %d of %q is %q after writing, %v", i, text, row, err)
			}
			i++
		}
		other, err := csv.NewReader(bytes.NewReader(again)).ReadAll()
		if err != nil || strings.Contains(text, "\r\r") || strings.Count(string(again), "\r") != len(all) {
			return // encoding/csv drops carriage returns
		}
		if !slices.EqualFunc(other, all, slices.Equal) {
			t.Fatalf("encoding/csv reads %q, not %q", other, all)
		}
	})
}

// FuzzDecode holds the strict reader against encoding/json: what it takes,
// encoding/json reads to the same bytes again.
func FuzzDecode(f *testing.F) {
	f.Add(`{"signed":"a","signature":"b"}`)
	f.Add(`{"signed":"a","Signed":"c","signature":"b"}`)
	f.Add(`{"signed":"a","signature":"b"} `)
	f.Fuzz(func(t *testing.T, text string) {
		var s Sealed
		if decodeStrict([]byte(text), &s) != nil {
			return
		}
		var m map[string]string
		if err := json.Unmarshal([]byte(text), &m); err != nil || len(m) != 2 || m["signed"] != s.Signed || m["signature"] != s.Signature {
			t.Errorf("%q: %v, %v", text, m, err)
		}
		if !utf8.ValidString(text) {
			t.Error("not UTF-8")
		}
	})
}
