package above_test

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/demo/truth"
)

// secrets are the texts by which persons are known, by their length in bytes.
type secrets map[int]map[string]bool

// note takes from an organisation's records every name, ID number, phone and id of a
// person, and the names of those who stand in it without being on file; places are what
// organisations and places are called.
func (s secrets) note(o truth.Org, places map[string]bool) {
	for _, p := range o.Records["person"] {
		for _, text := range []string{p.Str("name"), p.Str("id_number"), p.Str("phone"), p.ID} {
			s.add(text)
		}
	}
	for _, r := range o.Records["linkage"] {
		if !r.Is("role", "机关部门") {
			s.add(r.Str("name"))
		}
	}
	for _, r := range o.Records["pairing"] {
		s.add(r.Str("helper_name"))
	}
	for _, r := range o.Records["organization"] {
		for _, text := range []string{r.Str("name"), r.Str("short_name"), r.Str("township"), r.Str("county")} {
			places[text] = true
		}
	}
}

func (s secrets) add(text string) {
	if len([]rune(text)) < 2 {
		return
	}
	if s[len(text)] == nil {
		s[len(text)] = map[string]bool{}
	}
	s[len(text)][text] = true
}

func (s secrets) merge(other secrets) {
	for _, all := range other {
		for text := range all {
			s.add(text)
		}
	}
}

func (s secrets) count() int {
	n := 0
	for _, all := range s {
		n += len(all)
	}
	return n
}

// in gives those that stand in some bytes, but where they stand inside one of the texts
// that may go up: 周圩 in the name of a village.
func (s secrets) in(data []byte, may []string) (found, excused []string) {
	for n, all := range s {
		for i := 0; i+n <= len(data); i++ {
			if !all[string(data[i:i+n])] {
				continue
			}
			text := string(data[i : i+n])
			if slices.ContainsFunc(may, func(place string) bool {
				at := strings.Index(place, text)
				return at >= 0 && i >= at && bytes.HasPrefix(data[i-at:], []byte(place))
			}) {
				excused = append(excused, text)
			} else {
				found = append(found, text+" in "+string(data[max(0, i-30):min(len(data), i+n+30)]))
			}
		}
	}
	return found, excused
}

// bytesOf gives all that a file holds: its own bytes, those of the ZIP that is encrypted in
// it, and of every member of the ZIP.
func bytesOf(t *testing.T, path string, to *office) [][]byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	must(t, err)
	zipped, _, err := bundle.Unwrap(bytes.NewReader(raw), to.key.Identity)
	must(t, err)
	all := [][]byte{raw, zipped}
	z, err := zip.NewReader(bytes.NewReader(zipped), int64(len(zipped)))
	must(t, err)
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(r)
		must(t, err)
		must(t, r.Close())
		all = append(all, []byte(f.Name), text)
	}
	return all
}

// ownWords are what the program itself calls its indicators.
func ownWords() []string {
	var all []string
	for _, i := range count.Indicators() {
		all = append(all, i.Title)
		for _, f := range i.Figures {
			all = append(all, f.Title)
		}
	}
	return all
}

// nobody looks for every secret of the counties in everything of every file.
func nobody(t *testing.T, counties []*made, files map[string]*office) {
	t.Helper()
	all, may := secrets{}, ownWords()
	for _, m := range counties {
		all.merge(m.people)
		for place := range m.places {
			may = append(may, place)
		}
	}
	if n := all.count(); n < 12000 {
		t.Fatalf("%d names, numbers, phones and ids of six counties", n)
	}
	size, excused := 0, map[string]bool{}
	for path, to := range files {
		for _, data := range bytesOf(t, path, to) {
			size += len(data)
			found, in := all.in(data, may)
			for _, text := range found {
				t.Errorf("%s goes up", text)
			}
			for _, text := range in {
				excused[text] = true
			}
		}
	}
	if size < 1_000_000 {
		t.Errorf("%d bytes are few", size)
	}
	t.Logf("%d secrets looked for in %d bytes of %d files; inside a place's or an indicator's name stand %q", all.count(), size, len(files), slices.Sorted(maps.Keys(excused)))
}

// TestSecretsAreFound: a name that goes up would be found, alone and beside a place that
// holds it too; one inside a place's name is none.
func TestSecretsAreFound(t *testing.T) {
	t.Parallel()
	s := secrets{}
	s.add("周圩")
	may := []string{"大周圩村党支部"}
	for text, want := range map[string][2]int{"向周圩同志学习": {1, 0}, "大周圩村党支部,1": {0, 1}, "大周圩村,1": {1, 0}, "大周圩村党支部,周圩": {1, 1}, "\xff\xfe周圩\x00": {1, 0}, "周": {0, 0}} {
		found, excused := s.in([]byte(text), may)
		if len(found) != want[0] || len(excused) != want[1] {
			t.Errorf("%q: found %q, excused %q", text, found, excused)
		}
	}
}
