package bundle

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"iter"
	"slices"
	"time"

	"aead.dev/minisign"

	"taizhang/model"
)

// Builder makes a bundle's ZIP in memory, one table after the other; what it holds
// is compressed, and bounded by MaxSize before compression.
type Builder struct {
	resources []Resource
	entries   []entry
	size      int64
	z         *flate.Writer // serves one entry after the other: it is large
}

// entry is one packed file.
type entry struct {
	name   string
	packed bytes.Buffer
	size   int64
	crc    uint32
	sum    [sha256.Size]byte
}

// Add writes a table. rows must come in the order of the primary key, each with a
// value for every column; deleted rows too. A row is not kept. Errors of rows are passed on; a bundle
// that grows over MaxSize gives *model.Error E-TOOBIG.
func (b *Builder) Add(ctx context.Context, r Resource, rows iter.Seq2[[]string, error]) error {
	e := entry{name: r.Path}
	w := b.pack(&e)
	key := keyOf(&r)
	var line, last, next []byte
	line = appendRow(line, r.Header())
	for row, err := range rows {
		if err != nil {
			return fmt.Errorf("rows of %s: %w", r.Name, err)
		}
		if len(row) != len(r.Schema.Fields) {
			return fmt.Errorf("rows of %s: %d values instead of %d", r.Name, len(row), len(r.Schema.Fields))
		}
		if next, err = ascending(next[:0], last, row, key); err != nil {
			return fmt.Errorf("rows of %s: %w", r.Name, err)
		}
		last, next = next, last
		line = appendRow(line, row)
		if len(line) < 32<<10 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.write(w, &line); err != nil {
			return err
		}
	}
	if err := b.write(w, &line); err != nil {
		return err
	}
	if err := w.close(); err != nil {
		return err
	}
	r.Bytes, r.Hash = e.size, "sha256:"+hex.EncodeToString(e.sum[:])
	b.resources = append(b.resources, r)
	b.entries = append(b.entries, e)
	return nil
}

// write packs what has been gathered and empties it.
func (b *Builder) write(w *packer, line *[]byte) error {
	if b.size += int64(len(*line)); b.size > MaxSize-MaxPackage {
		return model.Errorf("E-TOOBIG", "台账内容超过 %d 兆字节,一个报送包装不下;请检查备注等长文字,或与县(市)委组织部联系", MaxSize>>20)
	}
	_, err := w.Write(*line)
	*line = (*line)[:0]
	return err
}

// Written is a bundle before encryption.
type Written struct {
	ZIP     []byte
	Package Package
	Hash    string // SHA-256 of datapackage.json, hex
}

// Finish signs what was added and gives the ZIP. meta's PublicKey is set from the
// key, at is the time that stands in the package and in the signature. Its Format is the
// present one unless it names the first, which knew neither Contents nor Sent.
func (b *Builder) Finish(meta Meta, key minisign.PrivateKey, at time.Time) (*Written, error) {
	meta.Format, meta.Schema, meta.PublicKey = cmp.Or(meta.Format, Format), model.SchemaVersion, PublicKeyOf(key)
	if meta.Format == 1 {
		meta.Contents, meta.Sent = "", nil
	} else {
		meta.Contents = cmp.Or(meta.Contents, ContentsRecords)
		meta.Sent = append([]Before{}, meta.Sent[:min(len(meta.Sent), MaxSent)]...)
	}
	p := Package{Created: at.UTC().Format(stampLayout), Resources: b.resources, Taizhang: meta}
	p.describe()
	text, err := marshal(p)
	if err != nil {
		return nil, err
	}
	if len(text) > MaxPackage {
		return nil, model.Errorf("E-TOOBIG", "报送包的说明超过 %d 兆字节,请先处理检查出的问题再导出", MaxPackage>>20)
	}
	sum := sha256.Sum256(text)
	var out bytes.Buffer
	all := len(text) + entryBytes
	for i := range b.entries {
		all += b.entries[i].packed.Len() + entryBytes
	}
	out.Grow(all)
	z := zip.NewWriter(&out)
	for _, f := range []struct {
		name string
		text []byte
	}{{packageFile, text}, {signatureFile, sign(key, text, packageFile, at)}} {
		e := entry{name: f.name}
		w := b.pack(&e)
		if _, err := w.Write(f.text); err != nil {
			return nil, err
		}
		if err := w.close(); err != nil {
			return nil, err
		}
		if err := e.put(z); err != nil {
			return nil, err
		}
	}
	for i := range b.entries {
		if err := b.entries[i].put(z); err != nil {
			return nil, err
		}
		b.entries[i].packed = bytes.Buffer{} // it stands in the ZIP
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("zip: %w", err)
	}
	return &Written{ZIP: out.Bytes(), Package: p, Hash: hex.EncodeToString(sum[:])}, nil
}

// entryBytes are about as many as a ZIP holds beside what is packed in an entry.
const entryBytes = 300

// put adds a packed file to a ZIP, with a fixed time so that equal content gives
// an equal ZIP.
func (e *entry) put(z *zip.Writer) error {
	h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, CRC32: e.crc,
		CompressedSize64: uint64(e.packed.Len()), UncompressedSize64: uint64(e.size)}
	// CreateRaw writes this field and not Modified. 1980-01-01 is where the ZIP calendar begins.
	h.ModifiedDate = 1<<5 | 1 //nolint:staticcheck // See above.
	h.SetMode(fs.FileMode(0o600))
	w, err := z.CreateRaw(h)
	if err != nil {
		return fmt.Errorf("zip %s: %w", e.name, err)
	}
	if _, err := w.Write(e.packed.Bytes()); err != nil {
		return fmt.Errorf("zip %s: %w", e.name, err)
	}
	return nil
}

// packer compresses into an entry and takes the sums of what goes in.
type packer struct {
	e   *entry
	z   *flate.Writer
	sum hash.Hash
	all io.Writer
}

// packLevel is how hard is packed: a twentieth more than at the usual level, in half the time.
const packLevel = 4

// pack begins to pack into an entry. What was packed before is closed.
func (b *Builder) pack(e *entry) *packer {
	if b.z == nil {
		z, err := flate.NewWriter(nil, packLevel)
		if err != nil {
			panic("bundle: the level is refused: " + err.Error())
		}
		b.z = z
	}
	b.z.Reset(&e.packed)
	w := &packer{e: e, z: b.z, sum: sha256.New()}
	w.all = io.MultiWriter(w.z, w.sum)
	return w
}

// Write packs text.
func (w *packer) Write(text []byte) (int, error) {
	w.e.size += int64(len(text))
	w.e.crc = crc32.Update(w.e.crc, crc32.IEEETable, text)
	return w.all.Write(text)
}

func (w *packer) close() error {
	w.sum.Sum(w.e.sum[:0])
	if err := w.z.Close(); err != nil {
		return fmt.Errorf("compress: %w", err)
	}
	return nil
}

// keyOf gives the places of the primary key's columns.
func keyOf(r *Resource) []int {
	var places []int
	for _, name := range r.Schema.PrimaryKey {
		places = append(places, slices.Index(r.Header(), name))
	}
	return places
}

// ascending checks that a row's key is after the last one, and appends it to k. Values are
// joined by NUL, which is in no key.
func ascending(k, last []byte, row []string, key []int) ([]byte, error) {
	for _, i := range key {
		if row[i] == "" {
			return nil, rowFault("有一行没有编号")
		}
		k = append(append(k, row[i]...), 0)
	}
	if bytes.Compare(last, k) >= 0 {
		return nil, rowFault("有一行重复,或者没有按编号排")
	}
	return k, nil
}
