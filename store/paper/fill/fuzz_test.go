package fill

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"taizhang/model"
)

const fuzzDocument = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>登记表</w:t></w:r></w:p>` +
	`<w:tbl><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="1000"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1"/></w:tcPr><w:p><w:r><w:t>姓名</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>` +
	`<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>出生年月</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:sectPr/></w:body></w:document>`

// FuzzDocx opens any document as a blank form: it neither crashes nor takes long, and
// what is refused is refused in Chinese.
func FuzzDocx(f *testing.F) {
	f.Add(fuzzDocument)
	f.Add(strings.Replace(fuzzDocument, `w:val="1"`, `w:val="999999999"`, 1))
	f.Add(strings.Replace(fuzzDocument, `<w:p/>`, strings.Repeat(`<w:tbl><w:tr><w:tc>`, 50), 1))
	f.Add("")
	f.Fuzz(func(t *testing.T, document string) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.CreateHeader(&zip.FileHeader{Name: "word/document.xml", Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(document)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "表.docx")
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		form, err := Open(path)
		if took := time.Since(begun); took > 5*time.Second {
			t.Fatalf("took %s", took)
		}
		if err != nil {
			var known *model.Error
			if !errors.As(err, &known) || !strings.ContainsFunc(known.Message, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Fatalf("a fault of the program: %v", err)
			}
			return
		}
		if err := form.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
