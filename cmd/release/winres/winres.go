// Package winres makes what Windows shows of the program before it runs: icon, version
// and the manifest that tells the system how to treat it. It is written as a .syso file,
// which the Go linker takes in by itself when it lies in the folder of the command.
package winres

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/tc-hib/winres"
	"github.com/tc-hib/winres/version"

	"taizhang/cmd/release/icon"
)

// Info is what the system shows of the program: 属性, 详细信息.
type Info struct {
	Program string    // the file's name without .exe
	Name    string    // in Chinese, of the product
	Does    string    // what it does, in a few Chinese words
	Version string    // of the program, such as 1.2.3
	Commit  string    // from which it is built, in full or short; "" leaves it out
	Date    time.Time // of the commit; the zero time leaves it out
}

// simplified is the language of what is said: Chinese (simplified, China), [MS-LCID].
const simplified = 0x0804

// Name gives the file's name for an architecture (amd64, 386, arm64): the go command
// takes it in for Windows on that architecture alone.
func Name(arch string) string { return "rsrc_windows_" + arch + ".syso" }

// Write writes the file for an architecture by Go's name of it: amd64, 386 or arm64. The
// same info gives the same bytes. Put it at the command under Name(arch) before building
// and remove it afterwards. An error names the architecture that is not known or is the
// system's.
func Write(path, arch string, info Info) error {
	object, err := Object(arch, info)
	if err != nil {
		return err
	}
	return os.WriteFile(path, object, 0o644) //nolint:gosec // A part of what is handed out.
}

// Object gives the file's bytes; see Write.
func Object(arch string, info Info) ([]byte, error) {
	var set winres.ResourceSet
	images := make([]image.Image, len(icon.Sizes))
	for i, size := range icon.Sizes {
		images[i] = icon.Draw(size)
	}
	book, err := winres.NewIconFromImages(images)
	if err != nil {
		return nil, fmt.Errorf("icon: %w", err)
	}
	if err := set.SetIconTranslation(winres.ID(1), winres.LCIDNeutral, book); err != nil {
		return nil, fmt.Errorf("icon: %w", err)
	}
	told, err := told(info)
	if err != nil {
		return nil, fmt.Errorf("version: %w", err)
	}
	if err := set.Set(winres.RT_VERSION, winres.ID(1), simplified, told.Bytes()); err != nil {
		return nil, fmt.Errorf("version: %w", err)
	}
	if err := set.Set(winres.RT_MANIFEST, winres.ID(1), winres.LCIDNeutral, []byte(fmt.Sprintf(manifest, info.describe()))); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	var b bytes.Buffer
	if err := set.WriteObject(&b, winres.Arch(arch)); err != nil {
		return nil, fmt.Errorf("%s: %w", arch, err)
	}
	return b.Bytes(), nil
}

// told gives the version information.
func told(info Info) (*version.Info, error) {
	numbers := fourNumbers(info.Version)
	vi := &version.Info{FileVersion: numbers, ProductVersion: numbers, Timestamp: info.Date}
	product := info.Version
	if info.Commit != "" {
		product += " (" + info.Commit + ")"
	}
	for _, entry := range [][2]string{
		{version.ProductName, info.Name},
		{version.FileDescription, info.describe()},
		{version.FileVersion, info.Version},
		{version.ProductVersion, product},
		{version.InternalName, info.Program},
		{version.OriginalFilename, info.Program + ".exe"},
		{version.LegalCopyright, "MIT 许可证"},
		{version.Comments, comment(info)},
	} {
		if err := vi.Set(simplified, entry[0], entry[1]); err != nil {
			return nil, err
		}
	}
	return vi, nil
}

// describe says in one line what the program is.
func (i Info) describe() string { return i.Name + ":" + i.Does }

func comment(info Info) string {
	text := "不用安装"
	if info.Commit != "" {
		text += ";提交 " + info.Commit
	}
	if !info.Date.IsZero() {
		text += "," + info.Date.UTC().Format(time.DateOnly)
	}
	return text
}

// fourNumbers reads 1.2.3 or 1.2.3-rc1 as the four numbers that Windows compares; what is
// no number is 0.
func fourNumbers(text string) [4]uint16 {
	var all [4]uint16
	text, _, _ = strings.Cut(strings.TrimPrefix(text, "v"), "-")
	for i, part := range strings.SplitN(text, ".", len(all)) {
		if n, err := strconv.ParseUint(part, 10, 16); err == nil {
			all[i] = uint16(n)
		}
	}
	return all
}

// manifest asks for UTF-8 in the system's calls that take bytes, for paths of more than
// 260 characters, for no more rights than the person has, and says that the program knows
// Windows 10 and 11 (one identifier for both) and the earlier ones. What it names stands
// in https://learn.microsoft.com/windows/win32/sbscs/application-manifests.
const manifest = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <description>%s</description>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
    <application>
      <supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
    </application>
  </compatibility>
  <application xmlns="urn:schemas-microsoft-com:asm.v3">
    <windowsSettings>
      <activeCodePage xmlns="http://schemas.microsoft.com/SMI/2019/WindowsSettings">UTF-8</activeCodePage>
      <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
    </windowsSettings>
  </application>
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">
    <security>
      <requestedPrivileges>
        <requestedExecutionLevel level="asInvoker" uiAccess="false"/>
      </requestedPrivileges>
    </security>
  </trustInfo>
</assembly>
`
