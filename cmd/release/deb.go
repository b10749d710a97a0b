package main

import (
	"bytes"
	"compress/gzip"
	"crypto/md5" //nolint:gosec // The packages' format asks for it; it guards nothing.
	_ "embed"    // the page of man
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/cmd/release/icon"
)

// manPage is what man shows.
//
//go:embed shortcut/taizhang.1
var manPage string

// maintainer is who packages name; .invalid is no address of anybody's (RFC 2606).
const maintainer = "The taizhang authors <taizhang@taizhang.invalid>"

// writeDeb writes the package for Debian, UOS and Kylin, deb(5): an ar archive with the
// format's number, what dpkg is told, and the files. It gives the package's name.
func (s *source) writeDeb(out string, t target, program []byte, p papers) (string, error) {
	files, err := s.debFiles(program, p)
	if err != nil {
		return "", err
	}
	data, err := tarGzip(files, s.date)
	if err != nil {
		return "", err
	}
	control, err := tarGzip([]file{
		{name: "./control", data: s.control(t, files)},
		{name: "./md5sums", data: md5sums(files)},
	}, s.date)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	b.WriteString("!<arch>\n")
	for _, m := range []file{{name: "debian-binary", data: []byte("2.0\n")}, {name: "control.tar.gz", data: control}, {name: "data.tar.gz", data: data}} {
		fmt.Fprintf(&b, "%-16s%-12d%-6d%-6d%-8s%-10d`\n", m.name, s.date.Unix(), 0, 0, "100644", len(m.data))
		b.Write(m.data)
		if len(m.data)%2 == 1 {
			b.WriteByte('\n')
		}
	}
	name := fmt.Sprintf("taizhang_%s_%s.deb", s.debVersion(), t.deb)
	return name, os.WriteFile(filepath.Join(out, name), b.Bytes(), 0o644) //nolint:gosec // To be handed out.
}

// debVersion is the number as Debian orders it: 1.2.3-rc1 comes before 1.2.3.
func (s *source) debVersion() string { return strings.ReplaceAll(s.version, "-", "~") }

// debFiles are the files as they lie on the computer, sorted by name.
func (s *source) debFiles(program []byte, p papers) ([]file, error) {
	var packed [3][]byte
	for i, text := range [][]byte{s.changelog(), p.licenses, []byte(manPage)} {
		var err error
		if packed[i], err = gzipped(text, s.date); err != nil {
			return nil, err
		}
	}
	files := []file{
		{name: "usr/bin/taizhang", data: program, run: true},
		{name: "usr/lib/taizhang/open", data: opener("/usr/bin/taizhang"), run: true},
		{name: "usr/share/applications/taizhang.desktop", data: menuDesktop},
		{name: "usr/share/doc/taizhang/manual.html", data: p.manual},
		{name: "usr/share/doc/taizhang/changelog.gz", data: packed[0]},
		{name: "usr/share/doc/taizhang/licenses.txt.gz", data: packed[1]},
		{name: "usr/share/man/man1/taizhang.1.gz", data: packed[2]},
		{name: "usr/share/doc/taizhang/copyright", data: copyrightOf(p)},
	}
	for _, size := range icon.Sizes {
		drawn, err := icon.PNG(size)
		if err != nil {
			return nil, err
		}
		files = append(files, file{name: fmt.Sprintf("usr/share/icons/hicolor/%dx%d/apps/taizhang.png", size, size), data: drawn})
	}
	for i := range files {
		files[i].name = "./" + files[i].name
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files, nil
}

// control says what dpkg is told. The program needs no library; it is drawn with the
// system's Chinese fonts.
func (s *source) control(t target, files []file) []byte {
	size := 0
	for _, f := range files {
		size += (len(f.data) + 1023) / 1024
	}
	return fmt.Appendf(nil, `Package: taizhang
Version: %s
Architecture: %s
Maintainer: %s
Installed-Size: %d
Suggests: fonts-noto-cjk
Section: misc
Priority: optional
Description: record book of a village party branch (村党支部台账)
 Members, meetings, dues, training and the rest are filled in with forms, read
 in tables and kept in one file on this computer. Once a month a bundle for the
 county is exported, which only the county can open.
 .
 党员、会议、党费、培训等记录用表格登记,存在本机的一个文件里,不用网络;每月导出
 一个报送包,用U盘送到县里。
`, s.debVersion(), t.deb, maintainer, size)
}

func (s *source) changelog() []byte {
	return fmt.Appendf(nil, "taizhang (%s) stable; urgency=medium\n\n  * Built from commit %s.\n\n -- %s  %s\n",
		s.debVersion(), s.commit, maintainer, s.date.Format(time.RFC1123Z))
}

// copyrightOf tells the program's licence, and names the components and theirs.
func copyrightOf(p papers) []byte {
	var b bytes.Buffer
	b.WriteString("taizhang is under the MIT licence:\n\n")
	b.Write(p.license)
	b.WriteString("\nWhat is linked into it, with the licence of each. Their texts and their authors stand in\n/usr/share/doc/taizhang/licenses.txt.gz; that of Apache-2.0 also in\n/usr/share/common-licenses/Apache-2.0.\n\n")
	for line := range bytes.Lines(p.licenses) {
		if name, ok := bytes.CutPrefix(line, []byte("=== ")); ok {
			b.WriteString("  ")
			b.Write(name)
		}
	}
	return b.Bytes()
}

func md5sums(files []file) []byte {
	var b bytes.Buffer
	for _, f := range files {
		fmt.Fprintf(&b, "%x  %s\n", md5.Sum(f.data), strings.TrimPrefix(f.name, "./")) //nolint:gosec // See above.
	}
	return b.Bytes()
}

func gzipped(data []byte, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	z.ModTime = at
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
