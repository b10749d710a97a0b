package sheet

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"taizhang/model"
)

func saveAs(name, what string) error {
	return model.Errorf("E-SHEET-FORMAT", "“%s”%s,请用 Excel 或 WPS 打开后另存为 .xlsx 再读入", name, what)
}

// copyOut is for files that hold a table only as a part of something else.
func copyOut(name, what string) error {
	return model.Errorf("E-SHEET-FORMAT", "“%s”其实是%s,不是表格;请把里面的表格复制到 Excel 里,另存为 .xlsx 再读入", name, what)
}

func notTable(name, what string) error {
	if what == "压缩包" {
		return model.Errorf("E-SHEET-FORMAT", "“%s”是压缩包,不是表格;请先解压,再读入里面的表格文件", name)
	}
	return model.Errorf("E-SHEET-FORMAT", "“%s”其实是%s,不是表格;请找到原来的 Excel 表格再读入", name, what)
}

func locked(name string) error {
	return model.Errorf("E-SHEET-LOCKED", "“%s”设了打开密码,请在 Excel 或 WPS 里取消密码、另存后再读入", name)
}

// signatures are the first bytes of files that are no tables, whatever their names.
var signatures = []struct{ magic, what string }{
	{"\x89PNG\r\n", "图片"}, {"\xFF\xD8\xFF", "图片"}, {"GIF8", "图片"}, {"II*\x00", "图片"}, {"MM\x00*", "图片"}, {"8BPS", "图片"},
	{"Rar!\x1A\x07", "压缩包"}, {"7z\xBC\xAF\x27\x1C", "压缩包"}, {"\x1F\x8B", "压缩包"}, {"BZh", "压缩包"}, {"\xFD7zXZ\x00", "压缩包"},
	{"\x28\xB5\x2F\xFD", "压缩包"}, {"SQLite format 3\x00", "数据库(.db)"}, {"age-encryption.org/v1", "加密的文件(例如报送包)"},
	{"\x7FELF", "程序"},
}

// noTable tells what a file is that holds no table, or one of a format that is not
// read: it goes by the content, since such files often bear the name of a table.
func noTable(data []byte, name string) error {
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.magic)) {
			return notTable(name, s.what)
		}
	}
	head := data[:min(len(data), 4096)]
	switch {
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return oldOffice(data, name)
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return copyOut(name, " PDF 文件")
	case bytes.HasPrefix(data, []byte("{\\rtf")):
		return copyOut(name, " Word 文档(.rtf)")
	case bytes.HasPrefix(data, []byte("BM")) && bytes.IndexByte(head, 0) >= 0, bytes.HasPrefix(data, []byte("RIFF")) && bytes.HasPrefix(data[min(len(data), 8):], []byte("WEBP")),
		len(data) > 12 && bytes.Equal(data[4:8], []byte("ftyp")):
		return notTable(name, "图片或视频")
	case len(data) > 262 && bytes.Equal(data[257:262], []byte("ustar")):
		return notTable(name, "压缩包")
	case bytes.HasPrefix(data, []byte("MZ")) && bytes.IndexByte(head, 0) >= 0:
		return notTable(name, "程序")
	}
	return markup(head, name)
}

// oldOffice tells apart what lies in the container that Office used up to 2003. The
// names of its streams are UTF-16.
func oldOffice(data []byte, name string) error {
	has := func(stream string) bool { return bytes.Contains(data, utf16le(stream)) }
	switch {
	case has("EncryptedPackage"):
		return locked(name)
	case has("WordDocument"):
		return copyOut(name, " Word 文档(.doc)")
	case has("PowerPoint Document"):
		return copyOut(name, "演示文稿(.ppt)")
	case strings.EqualFold(filepath.Ext(name), ".et"):
		return saveAs(name, "是 WPS 自己的 .et 格式")
	}
	return saveAs(name, "是旧格式(.xls 或 .et)的表格")
}

// otherFormat tells apart the formats that are ZIP packages as .xlsx is.
func (w *workbook) otherFormat() error {
	has := func(key string) bool { return w.parts[key] != nil }
	under := func(folder string) bool {
		for key := range w.parts {
			if strings.HasPrefix(key, folder) {
				return true
			}
		}
		return false
	}
	switch {
	case has("mimetype") && has("content.xml"):
		if strings.EqualFold(filepath.Ext(w.name), ".odt") {
			return copyOut(w.name, "文字文档(.odt)")
		}
		return saveAs(w.name, "是 .ods 格式的表格")
	case has("xl/workbook.bin"):
		return saveAs(w.name, "是 .xlsb 格式的表格")
	case has("word/document.xml"):
		return copyOut(w.name, " Word 文档")
	case under("ppt/"):
		return copyOut(w.name, "演示文稿")
	case has("ofd.xml"):
		return copyOut(w.name, " OFD 版式文件")
	case has("index/document.iwa"), has("index.zip"):
		return saveAs(w.name, "是苹果电脑的 .numbers 格式")
	case under("xl/"), has("[content_types].xml"), has("_rels/.rels"):
		return nil
	}
	return notTable(w.name, "压缩包")
}

var (
	webPage = model.NewPattern(`<(!doctype\s+html|html|head|meta|body|table|div|style|script|title|p|span|tr)[\s>/]`)
	mail    = model.NewPattern(`(?m)^(mime-version|content-type|content-transfer-encoding)\s*:`)
)

// markup knows web pages, which many systems export under the name .xls, and their
// kin. Pages in UTF-16 have a zero in each of their characters.
func markup(head []byte, name string) error {
	for _, mark := range []string{"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"} {
		head = bytes.TrimPrefix(head, []byte(mark))
	}
	text := strings.ToLower(string(bytes.TrimSpace(bytes.ReplaceAll(head, []byte{0}, nil))))
	switch {
	case mail.MatchString(text) && (strings.HasPrefix(text, "mime-version") || strings.HasPrefix(text, "from:") || strings.HasPrefix(text, "content-") || strings.Contains(text, "multipart/related")):
		return saveAs(name, "其实是网页存档(.mht)格式,不是真正的 Excel 表格")
	case !strings.HasPrefix(text, "<"):
		return nil
	case strings.Contains(text, "urn:schemas-microsoft-com:office:spreadsheet") && !webPage.MatchString(text):
		return saveAs(name, "其实是 XML 表格(Excel 2003),不是 .xlsx")
	case strings.HasPrefix(text, "<?xml") && !webPage.MatchString(text):
		return saveAs(name, "其实是 XML 文件,不是真正的 Excel 表格")
	case strings.HasPrefix(text, "<!--"), webPage.MatchString(text):
		return saveAs(name, "其实是网页格式,不是真正的 Excel 表格")
	}
	return nil
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}
