package county_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"aead.dev/minisign"

	"taizhang/store/bundle"
	"taizhang/store/send"
)

// entry is a file of a bundle's ZIP.
type entry struct {
	name string
	text []byte
	mode fs.FileMode

	zeros int64 // so many instead of the text
	lie   bool  // and the size of the text beside them
}

// zipped changes the files of a good bundle's ZIP and wraps them again.
func (v *village) zipped(change func(files []entry) []entry) func(tb testing.TB, sent send.Sent) {
	return func(tb testing.TB, sent send.Sent) {
		file, err := os.ReadFile(sent.Path)
		must(tb, err)
		data, _, err := bundle.Unwrap(bytes.NewReader(file), v.o.key.Identity)
		must(tb, err)
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		must(tb, err)
		var files []entry
		for _, f := range z.File {
			r, err := f.Open()
			must(tb, err)
			text, err := io.ReadAll(r)
			must(tb, err)
			files = append(files, entry{name: f.Name, text: text, mode: 0o600})
		}
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, f := range change(files) {
			h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
			h.SetMode(f.mode)
			if f.zeros > 0 {
				must(tb, f.writeZeros(w, h))
				continue
			}
			out, err := w.CreateHeader(h)
			must(tb, err)
			_, err = out.Write(f.text)
			must(tb, err)
		}
		must(tb, w.Close())
		v.o.wrap(tb, sent.Path, b.Bytes())
	}
}

// writeZeros writes an entry of zeros.
func (f *entry) writeZeros(w *zip.Writer, h *zip.FileHeader) error {
	h.UncompressedSize64, h.CRC32 = uint64(f.zeros), crc32.ChecksumIEEE(f.text)
	if f.lie {
		h.UncompressedSize64 = uint64(len(f.text))
	}
	deflated, err := deflatedZeros()
	if err != nil {
		return err
	}
	h.CompressedSize64 = uint64(len(deflated))
	out, err := w.CreateRaw(h)
	if err == nil {
		_, err = out.Write(deflated)
	}
	return err
}

// described changes the text of datapackage.json and signs it again.
func (v *village) described(tb testing.TB, change func(text string) string) func(tb testing.TB, sent send.Sent) {
	key := v.signing(tb)
	return v.zipped(func(files []entry) []entry {
		files[0].text = []byte(change(string(files[0].text)))
		files[1].text = minisign.Sign(key, files[0].text)
		return files
	})
}

// bombed puts 10 GB of zeros into the place of one file of the ZIP.
func (v *village) bombed(name string) func(tb testing.TB, sent send.Sent) {
	return func(tb testing.TB, sent send.Sent) { v.bomb(tb, sent, name, false) }
}

// bomb writes zeros in a stream, and with lie a size beside them that is none.
func (v *village) bomb(tb testing.TB, sent send.Sent, name string, lie bool) {
	tb.Helper()
	v.zipped(func(files []entry) []entry {
		for i := range files {
			if files[i].name == name {
				files[i].zeros, files[i].lie = manyZeros, lie
			}
		}
		return files
	})(tb, sent)
}

// manyZeros is how many bytes a bomb unpacks to.
const manyZeros = 10 << 30

// deflatedZeros gives them as deflate writes them, in some 10 MB.
var deflatedZeros = sync.OnceValues(func() ([]byte, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	// One block after a flush is the same as every later one.
	block := make([]byte, 32<<20)
	var ends []int
	for range 3 {
		_, err := w.Write(block)
		if err = errors.Join(err, w.Flush()); err != nil {
			return nil, err
		}
		ends = append(ends, b.Len())
	}
	part := b.Bytes()[ends[1]:ends[2]]
	if !bytes.Equal(part, b.Bytes()[ends[0]:ends[1]]) {
		return nil, errors.New("deflate writes the same block in two ways")
	}
	all := bytes.Clone(b.Bytes()[:ends[0]])
	for range manyZeros/int64(len(block)) - 1 {
		all = append(all, part...)
	}
	return append(all, 1, 0, 0, 0xff, 0xff), nil // an empty last block
})

// resigned changes a table and signs its new size and hash.
func resigned(tb testing.TB, v *village, files []entry, name string, change func(string) string) []entry {
	tb.Helper()
	for i, f := range files {
		if f.name != name {
			continue
		}
		now := []byte(change(string(f.text)))
		text := strings.Replace(string(files[0].text), `"hash": "sha256:`+sum(f.text), `"hash": "sha256:`+sum(now), 1)
		files[0].text = []byte(sized(text, sum(now), len(f.text), len(now)))
		files[1].text = minisign.Sign(v.signing(tb), files[0].text)
		files[i].text = now
	}
	return files
}

func sum(text []byte) string {
	s := sha256.Sum256(text)
	return hex.EncodeToString(s[:])
}

// sized corrects the size that stands before a hash.
func sized(text, hash string, old, now int) string {
	at := strings.Index(text, hash)
	from := strings.LastIndex(text[:at], `"bytes": `)
	return text[:from] + strings.Replace(text[from:], `"bytes": `+strconv.Itoa(old), `"bytes": `+strconv.Itoa(now), 1)
}
