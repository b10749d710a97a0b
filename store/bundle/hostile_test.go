package bundle_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/bundle"
)

// resource gives the description of a table in a decoded datapackage.json.
func resource(p map[string]any, i int) map[string]any {
	return p["resources"].([]any)[i].(map[string]any)
}

// with replaces a table's content and signs its new size and hash.
func with(t *testing.T, files []file, table int, text string) []file {
	files = slices.Clone(files)
	files[table+2].text = []byte(text)
	return resign(t, files, func(p map[string]any) {
		resource(p, table)["bytes"], resource(p, table)["hash"] = len(text), hashOf([]byte(text))
	})
}

// TestHostile opens what only someone who wants harm, or a broken stick, would make.
func TestHostile(t *testing.T) {
	good := unzip(t, build(t, content()).ZIP)
	if _, err := bundle.Open(pack(t, good)); err != nil {
		t.Fatalf("the good one, packed by another program: %v", err)
	}
	add := func(name, text string) []byte {
		return pack(t, append(slices.Clone(good), file{name: name, text: []byte(text)}))
	}
	changed := func(change func(p map[string]any)) []byte { return pack(t, resign(t, good, change)) }
	replaced := func(old, text string) []byte {
		return pack(t, resignText(t, good, strings.Replace(string(good[0].text), old, text, 1)))
	}
	headed := func(i int, mode func(*zip.FileHeader)) []byte {
		files := slices.Clone(good)
		files[i].mode = mode
		return pack(t, files)
	}
	cases := []struct {
		name, want string
		data       []byte
	}{
		// The ZIP.
		{"nothing", bundle.CodeZIP, nil},
		{"no ZIP", bundle.CodeZIP, bytes.Repeat([]byte("PK"), 100)},
		{"cut off", bundle.CodeZIP, pack(t, good)[:900]},
		{"text behind", bundle.CodeZIP, append(pack(t, good), 'x')},
		{"text before", bundle.CodeZIP, append([]byte("#!/bin/sh\n"), pack(t, good)...)},
		{"a comment", bundle.CodeZIP, commented(t, good)},
		{"too many files", bundle.CodeZIP, pack(t, manyFiles(good, 1200))},
		{"a list that lies about its length", bundle.CodeZIP, lie(pack(t, good))},
		{"a bomb", bundle.CodeZIP, bomb(t, good)},
		// The files.
		{"an empty ZIP of files", bundle.CodeZIP, pack(t, nil)},
		{"no description", bundle.CodeFiles, pack(t, good[1:])},
		{"no signature", bundle.CodeFiles, pack(t, append(slices.Clone(good[:1]), good[2:]...))},
		{"a table missing", bundle.CodeFiles, pack(t, good[:len(good)-1])},
		{"a file too many", bundle.CodeFiles, add("data/more.csv", "")},
		{"a file beside", bundle.CodeFiles, add("readme.txt", "")},
		{"a file twice", bundle.CodeFiles, add("data/meet.csv", string(good[3].text))},
		{"a file twice but for case", bundle.CodeFiles, add("data/MEET.csv", string(good[3].text))},
		{"the description twice", bundle.CodeFiles, add("datapackage.json", string(good[0].text))},
		{"the description twice but for case", bundle.CodeFiles, add("DataPackage.json", "{}")},
		{"out of the folder", bundle.CodeFiles, add("../evil.csv", "")},
		{"out of the folder, later", bundle.CodeFiles, add("data/../../evil.csv", "")},
		{"an absolute path", bundle.CodeFiles, add("/data/evil.csv", "")},
		{"a path of Windows", bundle.CodeFiles, add(`data\evil.csv`, "")},
		{"a drive of Windows", bundle.CodeFiles, add(`C:evil.csv`, "")},
		{"a folder", bundle.CodeFiles, add("data/", "")},
		{"a name with NUL", bundle.CodeFiles, add("data/meet.csv\x00", "")},
		{"a link", bundle.CodeFiles, headed(3, func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) })},
		{"a device", bundle.CodeFiles, headed(3, func(h *zip.FileHeader) { h.SetMode(fs.ModeDevice | 0o600) })},
		{"a program", bundle.CodeFiles, headed(3, func(h *zip.FileHeader) { h.SetMode(0o755) })},
		{"a description too large", bundle.CodeFiles, pack(t, resignText(t, good, strings.Repeat(" ", bundle.MaxPackage)+string(good[0].text)))},
		// The description.
		{"no JSON", bundle.CodePackage, pack(t, resignText(t, good, "你好"))},
		{"not UTF-8", bundle.CodePackage, replaced("taizhang test", "\xff")},
		{"text behind the JSON", bundle.CodePackage, pack(t, resignText(t, good, string(good[0].text)+"{}"))},
		{"a key twice", bundle.CodePackage, replaced(`"sequence": 7,`, `"sequence": 7, "sequence": 8,`)},
		{"a key twice but for case", bundle.CodePackage, replaced(`"sequence": 7,`, `"sequence": 7, "Sequence": 8,`)},
		{"a key of another case", bundle.CodePackage, replaced(`"sequence"`, `"Sequence"`)},
		{"a key twice by an escape", bundle.CodePackage, replaced(`"sequence": 7,`, `"sequence": 7, "\u0073equence": 8,`)},
		{"an unknown key", bundle.CodePackage, changed(func(p map[string]any) { p["scripts"] = "x" })},
		{"a key missing", bundle.CodePackage, changed(func(p map[string]any) { delete(p, "created") })},
		{"null", bundle.CodePackage, changed(func(p map[string]any) { p["resources"] = nil })},
		{"a number that is a text", bundle.CodePackage, replaced(`"sequence": 7`, `"sequence": "7"`)},
		{"a number with a fraction", bundle.CodePackage, replaced(`"sequence": 7`, `"sequence": 7.5`)},
		{"a number that is too large", bundle.CodePackage, replaced(`"sequence": 7`, `"sequence": 1e300`)},
		{"nested deeply", bundle.CodePackage, pack(t, resignText(t, good, strings.Repeat(`{"taizhang":`, 5000)+"1"+strings.Repeat("}", 5000)))},
		{"lists nested deeply", bundle.CodePackage, pack(t, resignText(t, good, `{"resources":`+strings.Repeat("[", 100_000)))},
		{"a month that is none", bundle.CodePackage, replaced(`"month": "2026-10"`, `"month": "2026-99"`)},
		{"a name for another month", bundle.CodePackage, replaced(`"month": "2026-10"`, `"month": "2026-09"`)},
		{"a code that is a path", bundle.CodePackage, replaced(`"code": "990101AB01"`, `"code": "../../etc"`)},
		{"a path out of data", bundle.CodePackage, changed(func(p map[string]any) { resource(p, 1)["path"] = "../meet.csv" })},
		{"a path that is a list", bundle.CodePackage, changed(func(p map[string]any) { resource(p, 1)["path"] = []string{"data/meet.csv"} })},
		{"a table twice", bundle.CodePackage, changed(func(p map[string]any) { p["resources"] = append(p["resources"].([]any), resource(p, 1)) })},
		{"another delimiter", bundle.CodePackage, replaced(`"delimiter": ","`, `"delimiter": ";"`)},
		{"a size below zero", bundle.CodePackage, changed(func(p map[string]any) { resource(p, 1)["bytes"] = -1 })},
		{"sizes that add up to too much", bundle.CodePackage, changed(func(p map[string]any) {
			resource(p, 0)["bytes"], resource(p, 1)["bytes"] = bundle.MaxSize/2, bundle.MaxSize/2+1
		})},
		{"another sort of hash", bundle.CodePackage, changed(func(p map[string]any) { resource(p, 1)["hash"] = "md5:00" })},
		{"no key of the table", bundle.CodePackage, changed(func(p map[string]any) { resource(p, 1)["schema"].(map[string]any)["primaryKey"] = []string{} })},
		{"a newer format", bundle.CodeNewer, replaced(`"format": 2`, `"format": 3`)},
		{"a first format that tells what was sent", bundle.CodePackage, replaced(`"format": 2`, `"format": 1`)},
		{"no word of what was sent", bundle.CodePackage, changed(func(p map[string]any) { delete(p["taizhang"].(map[string]any), "sent") })},
		{"no word of the contents", bundle.CodePackage, changed(func(p map[string]any) { delete(p["taizhang"].(map[string]any), "contents") })},
		{"other contents", bundle.CodePackage, replaced(`"contents": "records"`, `"contents": "figures"`)},
		{"sums", bundle.CodeSums, replaced(`"contents": "records"`, `"contents": "sums", "sums": {"level": "县", "detail": "unit", "from": "2026-01-01", "to": "2026-10-31", "closed": "2026-11-05T08:00:00Z", "due": 3, "in": 3}`)},
		{"sums of a level that there is not", bundle.CodePackage, replaced(`"contents": "records"`, `"contents": "sums", "sums": {"level": "村", "detail": "unit", "from": "2026-01-01", "to": "2026-10-31", "closed": "2026-11-05T08:00:00Z", "due": 3, "in": 3}`)},
		{"sums without saying of what", bundle.CodePackage, replaced(`"contents": "records"`, `"contents": "sums"`)},
		{"a bundle sent after itself", bundle.CodePackage, replaced(`"sequence": 6`, `"sequence": 7`)},
		{"bundles sent out of order", bundle.CodePackage, replaced(`"sequence": 4`, `"sequence": 6`)},
		{"a bundle sent without a number", bundle.CodePackage, replaced(`"sequence": 4`, `"sequence": 0`)},
		{"a bundle sent with half a hash", bundle.CodePackage, replaced(strings.Repeat("b", 64), strings.Repeat("b", 32))},
		{"more bundles sent than are told", bundle.CodePackage, changed(func(p map[string]any) {
			var sent []any
			for n := 1000; len(sent) <= bundle.MaxSent; n-- {
				sent = append(sent, map[string]any{"sequence": n, "hash": strings.Repeat("c", 64)})
			}
			meta := p["taizhang"].(map[string]any)
			meta["sequence"], meta["sent"], p["name"] = 2000, sent, "taizhang_990101ab01_2026-10_2000"
		})},
		{"a newer schema", bundle.CodeNewer, replaced(fmt.Sprintf(`"schema": %d`, model.SchemaVersion), `"schema": 99`)},
		{"a newer format with more in it", bundle.CodeNewer, changed(func(p map[string]any) { p["taizhang"].(map[string]any)["format"] = 9; p["more"] = 1 })},
		// The signature.
		{"the description changed", bundle.CodeSignature, pack(t, append([]file{{name: "datapackage.json", text: bytes.Replace(good[0].text, []byte("石桥村"), []byte("石桥镇"), 2)}}, good[1:]...))},
		{"another's signature", bundle.CodeSignature, changed(func(p map[string]any) {
			p["taizhang"].(map[string]any)["public_key"] = bundle.PublicKeyOf(signingKey(t, 2))
		})},
		{"no signature in the file", bundle.CodeSignature, pack(t, append([]file{good[0], {name: good[1].name, text: []byte("x")}}, good[2:]...))},
		{"a newer format, changed", bundle.CodeSignature, pack(t, append([]file{{name: "datapackage.json", text: bytes.Replace(good[0].text, []byte(`"format": 2`), []byte(`"format": 3`), 1)}}, good[1:]...))},
		{"a table more, and the description changed", bundle.CodeFiles, pack(t, append([]file{{name: "datapackage.json", text: bytes.Replace(good[0].text, []byte("石桥村"), []byte("石桥镇"), 2)}}, append(slices.Clone(good[1:]), file{name: "data/more.csv"})...))},
		// The tables.
		{"a table changed", bundle.CodeHash, pack(t, append(append(slices.Clone(good[:3]), file{name: good[3].name, text: bytes.Replace(good[3].text, []byte("1250"), []byte("9250"), 1)}), good[4:]...))},
		{"a table that unpacks to more than it says", bundle.CodeZIP, liar(t, good)},
		{"a table longer", bundle.CodeHash, pack(t, append(append(slices.Clone(good[:3]), file{name: good[3].name, text: append(slices.Clone(good[3].text), 'x')}), good[4:]...))},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b, err := bundle.Open(c.data)
			if code(err) != c.want {
				t.Errorf("got %v", err)
			}
			answers := b != nil && b.Signed
			if reached := c.want == bundle.CodeHash || c.want == bundle.CodeNewer || c.want == bundle.CodeSums || c.name == "a table that unpacks to more than it says" || c.name == "a table missing" || c.name == "a file too many"; answers != reached {
				t.Errorf("can be answered: %v", answers)
			}
		})
	}
}

// TestHostileRows reads tables that are signed and broken.
func TestHostileRows(t *testing.T) {
	good := unzip(t, build(t, content()).ZIP)
	const head = "record_id,target_id\r\n"
	for name, text := range map[string]string{
		"nothing":                "",
		"no header":              "m1,o1\r\n",
		"another header":         "record_id,target\r\nm1,o1\r\n",
		"a mark before":          "\ufeff" + head,
		"line feeds alone":       "record_id,target_id\nm1,o1\n",
		"no last line end":       head + "m1,o1",
		"half a line end":        head + "m1,o1\r",
		"a value too few":        head + "m1\r\n",
		"a value too many":       head + "m1,o1,x\r\n",
		"an empty line":          head + "\r\n",
		"an open quote":          head + "m1,\"o1\r\n",
		"text behind a quote":    head + "m1,\"o1\"x\r\n",
		"a quote inside":         head + "m1,o\"1\r\n",
		"not UTF-8":              head + "m1,\xff\r\n",
		"a row twice":            head + "m1,o1\r\nm1,o1\r\n",
		"out of order":           head + "m2,o1\r\nm1,o1\r\n",
		"no key":                 head + ",o1\r\n",
		"a carriage return bare": head + "m1,o\r1\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			b, err := bundle.Open(pack(t, with(t, good, 2, text)))
			must(t, err)
			for _, e := range b.Rows("meet_hosts") {
				err = e
			}
			if code(err) != bundle.CodeRows {
				t.Errorf("got %v", err)
			}
		})
	}
}

func commented(t *testing.T, files []file) []byte {
	data := pack(t, files)
	data = append(data, "hello"...)
	data[len(data)-7] = 5 // the comment's length
	return data
}

func manyFiles(good []file, n int) []file {
	files := slices.Clone(good)
	for i := range n {
		files = append(files, file{name: fmt.Sprintf("data/t%d.csv", i)})
	}
	return files
}

// lie says that the ZIP holds one file only.
func lie(data []byte) []byte {
	end := data[len(data)-22:]
	binary.LittleEndian.PutUint16(end[10:], 1)
	return data
}

// bomb holds a table of zeros that unpacks to more than a bundle may hold.
func bomb(t *testing.T, good []file) []byte {
	files := slices.Clone(good)
	files[3].text = make([]byte, bundle.MaxSize+1)
	return pack(t, files)
}

// liar holds a table whose header gives the signed size, and whose content goes on
// to more than a bundle may hold.
func liar(t *testing.T, good []file) []byte {
	var packed, b bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	must(t, err)
	_, err = w.Write(good[3].text)
	must(t, err)
	_, err = io.CopyN(w, zeros{}, 2*bundle.MaxSize)
	must(t, err)
	must(t, w.Close())
	z := zip.NewWriter(&b)
	for i, f := range good {
		if i == 3 {
			raw, err := z.CreateRaw(&zip.FileHeader{Name: f.name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(f.text),
				CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(f.text))})
			must(t, err)
			_, err = raw.Write(packed.Bytes())
			must(t, err)
			continue
		}
		w, err := z.Create(f.name)
		must(t, err)
		_, err = w.Write(f.text)
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
