package county_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"testing"

	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/county/stick"
)

// renamed puts a bundle on a stick under another name and gives its path.
func renamed(t *testing.T, from, to string) string {
	t.Helper()
	data, err := os.ReadFile(from)
	must(t, err)
	must(t, os.MkdirAll(filepath.Dir(to), 0o700))
	must(t, os.WriteFile(to, data, 0o600))
	return to
}

// wrap packs a file into a ZIP as a chat program does.
func wrap(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	must(t, err)
	f, err := os.Create(to)
	must(t, err)
	z := zip.NewWriter(f)
	w, err := z.Create(filepath.Base(from))
	must(t, err)
	_, err = w.Write(data)
	must(t, err)
	must(t, z.Close())
	must(t, f.Close())
}

// TestRenamed: a bundle is known by its content, whatever its name; an empty or broken
// file of the right name is none handed in; what systems leave beside files is passed
// over.
func TestRenamed(t *testing.T) {
	o := newOffice(t)
	codes := []string{"990101101201", "990101101202", "990101101203", "990101101204", "990101101205", "990101101206", "990101101207"}
	from := t.TempDir()
	var paths []string
	var pairs []string
	for n, code := range codes {
		v := o.village(t, code, byte(40+30*n))
		sent := v.export(t)
		paths = append(paths, renamed(t, sent.Path, filepath.Join(from, sent.File)))
		must(t, os.Remove(sent.Path))
		pairs = append(pairs, code, "云溪镇", "村"+code)
	}
	name := func(i int) string { return codes[i] + "_2026-10_0001" }
	at := func(file string) string { return filepath.Join(o.stick, file) }
	renamed(t, paths[0], at(name(0)+" (1).tzb"))
	renamed(t, paths[0], at(name(0)+" - 副本.tzb"))
	renamed(t, paths[1], at("副本 "+name(1)+".TZB"))
	renamed(t, paths[2], at("一镇/"+name(2)+".tzb.zip"))
	renamed(t, paths[3], at("我村的报送"))
	wrap(t, paths[4], at(name(4)+".zip"))
	must(t, os.WriteFile(at(name(5)+".tzb"), nil, 0o600))
	must(t, os.WriteFile(at(name(6)+"(1).tzb"), []byte("坏了"), 0o600))
	for _, beside := range []string{"._" + name(5) + ".tzb", "~$" + name(5) + ".tzb", "$RECYCLE.BIN/" + name(5) + ".tzb"} {
		renamed(t, paths[5], at(beside))
	}
	must(t, os.WriteFile(at("空.txt"), nil, 0o600))

	s, err := stick.Look(ctx, o.stick, stick.Question{Units: units(pairs...)})
	must(t, err)
	if len(s.Bundles) != 6 || len(s.Broken) != 2 || len(s.Others) != 1 || len(s.Unread) != 0 {
		t.Errorf("%d bundles %+v\nbroken %+v\nothers %v, unread %v", len(s.Bundles), s.Bundles, s.Broken, s.Others, s.Unread)
	}
	if len(s.Missing) != 3 || s.Expected != 7 { // two are broken, of one nobody can tell whose it is
		t.Errorf("missing %+v", s.Missing)
	}
	verdicts := map[string]int{}
	for _, in := range o.receive(t, o.stick) {
		verdicts[in.Verdict]++
	}
	if verdicts[county.Accepted] != 5 || verdicts[county.Already] != 1 || verdicts[county.Hollow] != 1 || verdicts[county.Refused] != 1 || verdicts[county.Foreign] != 1 {
		t.Errorf("%v", verdicts)
	}
	r, err := county.Status(ctx, o.l, "2026-10")
	must(t, err)
	for _, u := range r.Units {
		want := county.Reported
		if u.Code == codes[6] {
			want = county.Rejected
		}
		if u.Code != "" && u.Code != codes[5] && u.State != want {
			t.Errorf("%s: %s, want %s", u.Code, u.State, want)
		}
		if u.Code == codes[5] {
			t.Errorf("an empty file was noted: %+v", u)
		}
	}
}

// TestNameIn: what a bundle is called, in a name that was changed.
func TestNameIn(t *testing.T) {
	for _, c := range []struct {
		name   string
		ok     bool
		called bool
	}{
		{"990101101201_2026-10_0001.tzb", true, true},
		{"990101101201_2026-10_0001(1).tzb", true, true},
		{"复件 (2) 990101101201_2026-10_0001.TZB", true, true},
		{"Copy_of_990101101201_2026-10_0001.tzb.zip", true, true},
		{"990101101201_2026-10_0001.zip (1)", true, true},
		{"990101101201_2026-10_0001", true, true},
		{"990101101201_2026-10_0001.receipt.json", true, false},
		{"990101101201_2026-13_0001.xlsx", false, false},
		{"新建文件.tzb", false, true},
		{"照片.zip", false, false},
		{"990101101201.card.json", false, false},
	} {
		code, month, sequence, ok := bundle.NameIn(c.name)
		if ok != c.ok || ok && (code != "990101101201" || month != "2026-10" || sequence != 1) || bundle.Called(c.name) != c.called {
			t.Errorf("%s: %s %s %d %t, called %t", c.name, code, month, sequence, ok, bundle.Called(c.name))
		}
	}
}
