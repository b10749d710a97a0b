package bundle_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"regexp"
	"slices"
	"strings"
	"testing"

	"taizhang/store/bundle"
)

// made is a ZIP in parts, so that one can be changed and all offsets stay right.
type made struct {
	before [][]byte // what stands before each file: its record, then the packed text
	list   [][]byte
	end    []byte
}

// taken apart from a good one, as archive/zip writes it without descriptors.
func takenApart(t *testing.T, data []byte) made {
	t.Helper()
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	end := data[len(data)-22:]
	m := made{end: slices.Clone(end)}
	list := data[u32(end[16:]) : len(data)-22]
	starts := []int{}
	for len(list) > 0 {
		n := 46 + int(u16(list[28:]))
		m.list = append(m.list, slices.Clone(list[:n]))
		starts = append(starts, int(u32(list[42:])))
		list = list[n:]
	}
	for i, at := range starts {
		to := int(u32(end[16:]))
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		m.before = append(m.before, slices.Clone(data[at:to]))
	}
	return m
}

// joined writes the parts one after the other, with offsets as they come out.
func (m made) joined() []byte {
	var b bytes.Buffer
	put := binary.LittleEndian.PutUint32
	for i, f := range m.before {
		if i < len(m.list) {
			put(m.list[i][42:], uint32(b.Len()))
		}
		b.Write(f)
	}
	start := b.Len()
	for _, l := range m.list {
		b.Write(l)
	}
	put(m.end[12:], uint32(b.Len()-start))
	put(m.end[16:], uint32(start))
	b.Write(m.end)
	return b.Bytes()
}

var latinWord = regexp.MustCompile(`[A-Za-z]{2,}`)

// inChinese asks that a reason is Chinese but for the names of files, which stand in
// quotation marks, brackets or begin with one of ours.
func inChinese(text string) bool {
	bare := regexp.MustCompile(`"[^"]*"|data/\S*\.csv|datapackage\.json(\.minisig)?`).ReplaceAllString(text, "")
	return text != "" && strings.ContainsAny(text, "的了不没请") && !latinWord.MatchString(bare)
}

// TestBothSidesOfAZIP changes what stands before a file, or between files, and leaves
// the list at the end, or the other way round: two programs would read two bundles.
func TestBothSidesOfAZIP(t *testing.T) {
	good := build(t, content()).ZIP
	if _, err := bundle.Open(takenApart(t, good).joined()); err != nil {
		t.Fatalf("the good one put together again: %v", err)
	}
	put16, put32 := binary.LittleEndian.PutUint16, binary.LittleEndian.PutUint32
	local := func(at int, value uint16) func(*made) {
		return func(m *made) { put16(m.before[3][at:], value) }
	}
	local32 := func(at int, value uint32) func(*made) {
		return func(m *made) { put32(m.before[3][at:], value) }
	}
	both := func(localAt, listAt int, value uint16) func(*made) {
		return func(m *made) { put16(m.before[3][localAt:], value); put16(m.list[3][listAt:], value) }
	}
	insert := func(b []byte, at int, text string) []byte { return slices.Insert(slices.Clone(b), at, []byte(text)...) }
	cases := []struct {
		name, want string
		change     func(*made)
	}{
		{"another name before the file", "另一个名字", func(m *made) { copy(m.before[3][30:], "data/more") }},
		{"a name in other case before the file", "另一个名字", func(m *made) { copy(m.before[3][30:], "data/MEET") }},
		{"a shorter name before the file", "另一个名字", local(26, 8)},
		{"a name that runs out of the file", "另一个名字", local(26, 0xffff)},
		{"another size before the file", "不一样", local32(22, 1)},
		{"another packed size before the file", "不一样", local32(18, 1)},
		{"another sum before the file", "不一样", local32(14, 1)},
		{"no sizes before the file and no word of it", "不一样", func(m *made) { clear(m.before[3][14:26]) }},
		{"another method before the file", "不一样", local(8, 0)},
		{"other flags before the file", "不一样", local(6, 1)},
		{"another time before the file", "不一样", local(10, 77)},
		{"another day before the file", "不一样", local(12, 77)},
		{"no record before the file", "不在清单说的位置", local32(0, 0)},
		{"encrypted", "压缩或加密", both(6, 8, 1)},
		{"names in another coding", "压缩或加密", both(6, 8, 0x800)},
		{"a method that nobody knows", "压缩或加密", both(8, 10, 99)},
		{"text between two files", "前面夹带", func(m *made) {
			m.before[2] = append(m.before[2], "#!/bin/sh"...)
			put32(m.list[2][42:], 0)
		}},
		{"a file that the list doesn't name", "前面夹带", func(m *made) {
			m.before[2] = append(m.before[2], m.before[3]...)
		}},
		{"text behind the last file", "夹带", func(m *made) { m.before[len(m.before)-1] = append(m.before[len(m.before)-1], "x"...) }},
		{"something behind the list's last line", "清单|报送包", func(m *made) { m.list = append(m.list, []byte(strings.Repeat("x", 50))) }},
		{"extra before the file", "附加内容", func(m *made) {
			put16(m.before[3][28:], 4)
			m.before[3] = insert(m.before[3], 30+len("data/meet.csv"), "\x55\x54\x00\x00")
		}},
		{"extra in the list", "附加内容", func(m *made) { put16(m.list[3][30:], 4); m.list[3] = append(m.list[3], 0x55, 0x54, 0, 0) }},
		{"sizes of a ZIP64", "附加内容|报送包|压缩", func(m *made) {
			put32(m.list[3][24:], 0xffffffff)
			put16(m.list[3][30:], 12)
			m.list[3] = append(m.list[3], 1, 0, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0)
		}},
		{"a comment to a file", "附加内容", func(m *made) { put16(m.list[3][32:], 2); m.list[3] = append(m.list[3], "hi"...) }},
		{"on another disk", "清单", func(m *made) { put16(m.list[3][34:], 1) }},
		{"text behind the packed text", "读不出来", func(m *made) {
			m.before[3] = append(m.before[3], "hidden"...)
			n := binary.LittleEndian.Uint32(m.list[3][20:]) + 6
			put32(m.before[3][18:], n)
			put32(m.list[3][20:], n)
		}},
		{"more files at the end than in the list", "报送包", func(m *made) { put16(m.end[8:], 9); put16(m.end[10:], 9) }},
		{"a ZIP64's number of files", "报送包", func(m *made) { put16(m.end[8:], 0xffff); put16(m.end[10:], 0xffff) }},
		{"a comment to the whole", "报送包", func(m *made) { put16(m.end[20:], 5); m.end = append(m.end, "hello"...) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m := takenApart(t, good)
			c.change(&m)
			_, err := bundle.Open(m.joined())
			if err == nil {
				t.Fatal("taken")
			}
			if code(err) != bundle.CodeZIP || !regexp.MustCompile(c.want).MatchString(err.Error()) || !inChinese(err.Error()) {
				t.Errorf("%s: %v", code(err), err)
			}
		})
	}
}

// TestOverlappingFiles has two lines of the list point at one file.
func TestOverlappingFiles(t *testing.T) {
	m := takenApart(t, build(t, content()).ZIP)
	data := m.joined()
	start := binary.LittleEndian.Uint32(data[len(data)-6:])
	third := int(start) + len(m.list[0]) + len(m.list[1])
	copy(data[third+len(m.list[2])+42:], data[third+42:third+46])
	if _, err := bundle.Open(data); code(err) != bundle.CodeZIP || !strings.Contains(err.Error(), "重叠") {
		t.Errorf("got %v", err)
	}
}

// TestNamesThatAreNone: every name but ours is refused, with a reason in Chinese that
// carries nothing to the terminal.
func TestNamesThatAreNone(t *testing.T) {
	good := unzip(t, build(t, content()).ZIP)
	for _, name := range []string{
		"data/meet.csv\x00", "\x00", "/data/meet.csv", `data\more.csv`, `C:\more.csv`, "data/../more.csv", "../../more.csv", "data//more.csv", "./data/more.csv",
		"data/Meet.csv", "data/ｍeet.csv", "data/me\u0301et.csv", "data/m\u00e9et.csv", "data/meet.csv ", "data/\u202evsc.teem.csv", "data/\x1b[2Jx.csv", "data/\u009b2Jx.csv",
		"data/meet.csv/", "data/", "", ".", "..", "DATAPACKAGE.JSON", "datapackage.json.minisig.minisig", "data/" + strings.Repeat("a", 200) + ".csv", "data/村.csv", "CON", "data/con.csv:stream",
	} {
		added := file{name: name, text: []byte("x"), mode: func(h *zip.FileHeader) { h.NonUTF8 = true }}
		if strings.HasSuffix(name, "/") {
			added.text = nil // a folder, into which zip writes nothing
		}
		_, err := bundle.Open(pack(t, append(slices.Clone(good), added)))
		if code(err) != bundle.CodeFiles && code(err) != bundle.CodeZIP || !inChinese(err.Error()) {
			t.Errorf("%q: %s %v", name, code(err), err)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\x00\x1b\u009b\u202e") {
			t.Errorf("%q reaches the terminal", name)
		}
	}
}
