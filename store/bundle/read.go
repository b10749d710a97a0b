package bundle

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"slices"
	"unicode/utf8"

	"taizhang/model"
)

// Bundle is an opened bundle. What Open checked holds: the files, the signature by
// the key that the bundle itself names, the hashes. Whether that key may speak for
// that organisation, and whether the rows make sense, is the county's business.
type Bundle struct {
	Package Package
	Hash    string // SHA-256 of datapackage.json, hex
	// Signed tells that Package is signed by its own PublicKey. Open may fail and
	// give a bundle with Signed: then Package can be relied on for an answer.
	Signed bool

	files map[string]*zip.File
}

// The codes of Open's errors, in the order of the checks. All are *model.Error.
const (
	CodeZIP       = "E-BUNDLE-ZIP"       // no ZIP of our kind
	CodePackage   = "E-BUNDLE-PACKAGE"   // datapackage.json is not in order
	CodeNewer     = "E-BUNDLE-NEWER"     // made by a newer program
	CodeSignature = "E-BUNDLE-SIGNATURE" // the signature does not fit
	CodeFiles     = "E-BUNDLE-FILES"     // not exactly the files that are named
	CodeHash      = "E-BUNDLE-HASH"      // a file is not the one that was signed
	CodeSums      = "E-BUNDLE-SUMS"      // it holds sums, and not records
	CodeRecords   = "E-BUNDLE-RECORDS"   // it holds records, and not sums
	CodeRows      = "E-BUNDLE-ROWS"      // a table can't be read (from Rows)
)

//go:noinline
func refuse(code, format string, args ...any) *model.Error {
	return model.Errorf(code, "报送包"+format, args...)
}

// Open reads a bundle's ZIP, in this order: its files and that they are those which
// its description names, the signature, the hash of every table, the versions.
// Nothing that is not named and signed is ever unpacked further than the signed
// size. Errors are *model.Error with one of the codes, which say what is wrong; what is to be
// done about it differs between those who read it. One of an office's sums is CodeSums.
func Open(data []byte) (*Bundle, error) { return open(data, ContentsRecords) }

// OpenSums reads a bundle of sums as Open does one of records; one of records is
// CodeRecords.
func OpenSums(data []byte) (*Bundle, error) { return open(data, ContentsSums) }

func open(data []byte, wanted string) (*Bundle, error) {
	files, err := listZIP(data)
	if err != nil {
		return nil, err
	}
	b := &Bundle{files: files}
	text, err := b.readWhole(packageFile, MaxPackage)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	b.Hash = hex.EncodeToString(sum[:])
	signature, err := b.readWhole(signatureFile, 4<<10)
	if err != nil {
		return nil, err
	}
	newer, err := b.readPackage(text)
	if err != nil {
		return nil, err
	}
	var stray error
	if newer == nil { // what a newer program names as its files is not known here
		stray = b.checkFiles()
	}
	b.Signed = verify(b.Package.Taizhang.PublicKey, text, signature) == nil
	switch {
	case !b.Signed && stray != nil:
		return nil, stray
	case !b.Signed:
		return nil, refuse(CodeSignature, "的签名不对,可能在路上被改动过")
	case stray != nil:
		return b, stray
	case newer != nil:
		return b, newer
	}
	switch sums := b.Package.Taizhang.Contents == ContentsSums; {
	case sums && wanted == ContentsRecords:
		return b, model.Errorf(CodeSums, "这个包里装的是汇总数字,不是记录")
	case !sums && wanted == ContentsSums:
		return b, model.Errorf(CodeRecords, "这个包里装的是一个单位的记录,不是汇总数字")
	}
	for i := range b.Package.Resources {
		if err := b.checkHash(&b.Package.Resources[i]); err != nil {
			return b, err
		}
	}
	return b, nil
}

// readWhole unpacks a small file of at most limit bytes.
func (b *Bundle) readWhole(name string, limit int64) ([]byte, error) {
	f := b.files[name]
	if f == nil {
		return nil, refuse(CodeFiles, "里没有 %s", name)
	}
	if f.UncompressedSize64 > uint64(limit) {
		return nil, refuse(CodeFiles, "里的 %s 太大", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, refuse(CodeZIP, "里的 %s 读不出来", name)
	}
	defer r.Close() //nolint:errcheck // It was only read, and what is wrong with it Read has said.
	text, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil || int64(len(text)) > limit {
		return nil, refuse(CodeZIP, "里的 %s 读不出来", name)
	}
	return text, nil
}

// readPackage reads the description. Of a newer program's only what an answer needs
// is read, loosely; newer then says that it is one.
func (b *Bundle) readPackage(text []byte) (newer, err error) {
	m := peek(text)
	if m.Format > Format || m.Schema > model.SchemaVersion {
		newer = model.Errorf(CodeNewer, "报送包是用更新的程序做的(格式 %d、结构 %d)", m.Format, m.Schema)
		if m.check() != "" {
			return nil, newer // it speaks for nobody
		}
		b.Package.Taizhang = m
		return newer, nil
	}
	if err := decodeStrict(text, &b.Package); err != nil {
		return nil, refuse(CodePackage, "的说明(%s)不合格式", packageFile)
	}
	if why := b.Package.check(); why != "" {
		return nil, refuse(CodePackage, "的说明(%s)不合格式:%s", packageFile, why)
	}
	return nil, nil
}

var (
	resourceName = model.NewPattern(`^[a-z][a-z0-9_]{0,79}$`)
	hashForm     = model.NewPattern(`^sha256:[0-9a-f]{64}$`)
	hexForm      = model.NewPattern(`^[0-9a-f]{64}$`)
)

// check tells what is wrong with a package's values; "" for nothing.
func (p *Package) check() string {
	m := &p.Taizhang
	want := *p
	want.describe()
	why := m.check()
	switch {
	case why != "":
		return why
	case m.Previous != "" && !hexForm.MatchString(m.Previous):
		return "前一个报送包的校验值"
	case !m.history():
		return "以前的报送包一览"
	case (m.Sums != nil) != (m.Contents == ContentsSums) || m.Sums != nil && !m.Sums.sound():
		return "汇总的级别、月份或细到哪一级"
	case p.Profile != packageProfile || p.Name != want.Name || p.Title != want.Title || p.Version != want.Version:
		return "名称"
	case !validStamp(p.Created) || p.Created < firstStamp:
		return "时间"
	case hidden(m.Program, m.Counts, m.Balance.Movements):
		return "文字(有看不见的控制字符)"
	case !m.Problems.sound():
		return "问题清单"
	case len(p.Resources) > maxFiles:
		return "表的数目"
	}
	return p.checkResources()
}

// check tells what is wrong with what a bundle says of itself.
func (m *Meta) check() string {
	switch {
	case m.Format < 1 || m.Schema < 1:
		return "格式或结构的版本"
	case !m.Month.Valid() || m.Month < firstMonth || m.Month > lastMonth:
		return "月份"
	case m.FirstMonth != "" && (!m.FirstMonth.Valid() || m.FirstMonth > m.Month):
		return "建账月份"
	case m.Sequence < 1:
		return "序号"
	case model.CheckOrgCode("", m.Organization.Code) != nil || m.Organization.ID == "" || m.Organization.Name == "":
		return "党组织"
	case hidden(m.Organization) || utf8.RuneCountInString(m.Organization.Name) > model.MaxText || len(m.Organization.ID) > maxToken:
		return "党组织的名称(有看不见的控制字符,或者太长)"
	}
	if _, err := ParsePublicKey(m.PublicKey); err != nil {
		return "公钥"
	}
	return ""
}

// history tells whether Contents and Sent are as their format has them: numbers that come
// down from the bundle's own.
func (m *Meta) history() bool {
	if m.Format == 1 {
		return m.Contents == "" && m.Sent == nil
	}
	if m.Contents != ContentsRecords && m.Contents != ContentsSums || m.Sent == nil || len(m.Sent) > MaxSent {
		return false
	}
	last := m.Sequence
	for _, b := range m.Sent {
		if b.Sequence < 1 || b.Sequence >= last || !hexForm.MatchString(b.Hash) {
			return false
		}
		last = b.Sequence
	}
	return true
}

func (p *Package) checkResources() string {
	seen := map[string]bool{}
	var total int64
	for i := range p.Resources {
		r := &p.Resources[i]
		switch {
		case !resourceName.MatchString(r.Name) || seen[r.Name]:
			return "表名"
		case r.Path != "data/"+r.Name+".csv":
			return "表的位置"
		case r.Profile != resourceProfile || r.Encoding != "utf-8" || r.Format != "csv" || r.Mediatype != "text/csv":
			return "表的格式"
		case r.Dialect.Delimiter != delimiter:
			return "表的分隔符"
		case r.Bytes < 0 || r.Bytes > MaxSize || !hashForm.MatchString(r.Hash):
			return "表的大小或校验值"
		case !r.Schema.sound():
			return "表的结构"
		}
		seen[r.Name] = true
		if total += r.Bytes; total > MaxSize {
			return "各表加起来太大"
		}
	}
	return ""
}

// sound tells whether a schema has named columns, each once, and a key of them.
func (s *Schema) sound() bool {
	names := map[string]bool{}
	for _, f := range s.Fields {
		if !resourceName.MatchString(f.Name) || names[f.Name] {
			return false
		}
		names[f.Name] = true
	}
	for _, k := range s.PrimaryKey {
		if !names[k] {
			return false
		}
	}
	for _, k := range s.ForeignKeys {
		if len(k.Fields) != 1 || len(k.Reference.Fields) != 1 || !names[k.Fields[0]] {
			return false
		}
	}
	return len(s.PrimaryKey) > 0
}

// checkFiles compares the ZIP with what is named. (Names that are no plain path
// have been refused before.)
func (b *Bundle) checkFiles() error {
	if len(b.files) != len(b.Package.Resources)+2 {
		return refuse(CodeFiles, "里的文件与说明不一致")
	}
	for _, r := range b.Package.Resources {
		f := b.files[r.Path]
		if f == nil {
			return refuse(CodeFiles, "里没有 %s", r.Path)
		}
		if f.UncompressedSize64 != uint64(r.Bytes) {
			return refuse(CodeHash, "里的 %s 大小不对", r.Path)
		}
	}
	return nil
}

// checkHash reads a table through, never past its signed size, and its first line.
func (b *Bundle) checkHash(r *Resource) error {
	in, err := b.files[r.Path].Open()
	if err != nil {
		return refuse(CodeZIP, "里的 %s 读不出来", r.Path)
	}
	defer in.Close() //nolint:errcheck // See text: it was only read.
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(in, r.Bytes+1))
	if err != nil {
		return refuse(CodeZIP, "里的 %s 读不出来", r.Path)
	}
	if n != r.Bytes || "sha256:"+hex.EncodeToString(sum.Sum(nil)) != r.Hash {
		return refuse(CodeHash, "里的 %s 内容被改动过", r.Path)
	}
	return nil
}

// Resource gives the description of a table, or nil.
func (b *Bundle) Resource(name string) *Resource {
	i := slices.IndexFunc(b.Package.Resources, func(r Resource) bool { return r.Name == name })
	if i < 0 {
		return nil
	}
	return &b.Package.Resources[i]
}

// Rows reads a table: values in the order of the resource's columns, as stored.
// Rows come by their primary key, each once. It stops after an error, which is a
// *model.Error with CodeRows.
func (b *Bundle) Rows(name string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		r := b.Resource(name)
		if r == nil {
			yield(nil, refuse(CodeRows, "里没有表 %s", name))
			return
		}
		in, err := b.files[r.Path].Open()
		if err != nil {
			yield(nil, refuse(CodeRows, "里的 %s 读不出来", r.Path))
			return
		}
		defer in.Close() //nolint:errcheck // See text: it was only read.
		err = r.read(io.LimitReader(in, r.Bytes), yield)
		if err != nil {
			why := "压缩的内容坏了"
			if known := rowFault(""); errors.As(err, &known) {
				why = err.Error()
			}
			yield(nil, refuse(CodeRows, "里的 %s 读不出来(%s)", r.Path, why))
		}
	}
}

// read gives the rows behind the header to yield until that says to stop.
func (r *Resource) read(in io.Reader, yield func([]string, error) bool) error {
	header, key := r.Header(), keyOf(r)
	var last, next []byte
	first := true
	for row, err := range rows(in, len(header)) {
		switch {
		case err != nil:
			return err
		case first && !slices.Equal(row, header):
			return rowFault("表头与说明不一致")
		case first:
			first = false
			continue
		}
		if next, err = ascending(next[:0], last, row, key); err != nil {
			return err
		}
		last, next = next, last
		if !yield(row, nil) {
			return nil
		}
	}
	if first {
		return rowFault("没有表头")
	}
	return nil
}
