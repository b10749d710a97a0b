package fill

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"taizhang/model"
	"taizhang/store/sheet"
)

// The bounds of a document: of its file, of its text unpacked, of the number of its
// parts. The other parts are never unpacked.
const (
	maxDocx     = 64 << 20
	maxDocxText = 32 << 20
	maxParts    = 10_000
)

// docx is a .docx being filled: a zip of parts, of which one holds the text. The other
// parts are written back as they are packed.
type docx struct {
	file   *os.File
	parts  *zip.Reader
	main   *zip.File
	root   *node
	body   *node
	prefix string // of the element names of word processing, colon included
	tables []*docTable
	lines  []*docLines
	asks   map[*node]*node // runs of content controls that show what to type, and their control
	said   string          // the line that stands above: the title of the table that follows
	all    []*Grid
	first  []*Grid // of one copy, once there are several
}

var _ document = (*docx)(nil)

func openDocx(file string) (*docx, error) {
	d := &docx{}
	err := d.open(file)
	if err == nil {
		return d, nil
	}
	if d.file != nil {
		err = errors.Join(err, d.file.Close())
	}
	var known *model.Error
	switch {
	case errors.As(err, &known):
		return nil, known
	case errors.Is(err, os.ErrNotExist):
		return nil, model.Errorf("E-FILL-OPEN", "没有“%s”这个文件,请核对名字和位置", filepath.Base(file))
	case errors.Is(err, os.ErrPermission):
		return nil, model.Errorf("E-FILL-OPEN", "没有权限打开“%s”,请把它复制到桌面上再来填", filepath.Base(file))
	}
	return nil, model.Errorf("E-FILL-OPEN", "打不开“%s”:它不是能读的 Word 文档,或者加了密码。请用 Word 或 WPS 打开看看,另存为 .docx 再来填", filepath.Base(file))
}

func (d *docx) open(file string) error {
	var err error
	if d.file, err = os.Open(file); err != nil {
		return fmt.Errorf("open: %w", err)
	}
	info, err := d.file.Stat()
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	if info.Size() > maxDocx {
		return model.Errorf("E-FILL-OPEN", "“%s”有 %d MB,太大了:能填的文档不超过 %d MB。请去掉里面的图片再来填", filepath.Base(file), info.Size()>>20, maxDocx>>20)
	}
	if d.parts, err = zip.NewReader(d.file, info.Size()); err != nil {
		return fmt.Errorf("open: %w", err)
	}
	if len(d.parts.File) > maxParts {
		return errNoWord
	}
	data, err := d.text()
	if err != nil {
		return err
	}
	if d.root, d.prefix, err = parseWord(data); err != nil {
		return err
	}
	if d.body = d.root.below("document", "body"); d.body == nil {
		return errNoWord
	}
	d.read(d.body)
	return nil
}

// text unpacks the part that holds the text.
func (d *docx) text() ([]byte, error) {
	seen := map[string]*zip.File{}
	for _, p := range d.parts.File {
		name := strings.ToLower(p.Name)
		if seen[name] != nil {
			return nil, errNoWord // which of two is meant can't be told
		}
		seen[name] = p
	}
	name := "word/document.xml"
	if rels := seen["_rels/.rels"]; rels != nil {
		data, err := unpack(rels, 1<<20)
		if err != nil {
			return nil, err
		}
		var all struct {
			Relationship []struct {
				Type   string `xml:"Type,attr"`
				Target string `xml:"Target,attr"`
			} `xml:"Relationship"`
		}
		if err := xml.Unmarshal(data, &all); err != nil {
			return nil, fmt.Errorf("parts: %w", err)
		}
		for _, r := range all.Relationship {
			if strings.HasSuffix(r.Type, "/officeDocument") {
				name = strings.TrimPrefix(path.Clean("/"+r.Target), "/")
			}
		}
	}
	if d.main = seen[strings.ToLower(name)]; d.main == nil {
		return nil, errNoWord
	}
	return unpack(d.main, maxDocxText)
}

func unpack(p *zip.File, most int64) ([]byte, error) {
	r, err := p.Open()
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", p.Name, err)
	}
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	err = errors.Join(err, r.Close())
	if err == nil && int64(len(data)) > most {
		err = model.Errorf("E-FILL-OPEN", "这份文档展开以后超过 %d MB,填不了", most>>20)
	}
	return data, err
}

func (d *docx) grids() []*Grid { return d.all }

func (d *docx) close() error { return d.file.Close() }

// save writes the document: its text anew, every other part as it was packed.
func (d *docx) save(file string) error {
	var text bytes.Buffer
	d.root.write(&text)
	return sheet.WriteFile(file, func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, p := range d.parts.File {
			if p != d.main {
				if err := z.Copy(p); err != nil {
					return fmt.Errorf("write %s: %w", p.Name, err)
				}
				continue
			}
			part, err := z.CreateHeader(&zip.FileHeader{Name: p.Name, Method: zip.Deflate, Modified: p.Modified, Comment: p.Comment, ExternalAttrs: p.ExternalAttrs, CreatorVersion: p.CreatorVersion})
			if err == nil {
				_, err = part.Write(text.Bytes())
			}
			if err != nil {
				return fmt.Errorf("write %s: %w", p.Name, err)
			}
		}
		if err := z.SetComment(d.parts.Comment); err != nil {
			return fmt.Errorf("write: %w", err)
		}
		return z.Close()
	})
}
