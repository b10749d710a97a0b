package tui

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// latinAllowed are the Latin words that people of a village read on a screen: keys,
// file formats that are called so, and the program's own name with what it is told.
var latinAllowed = []string{
	// keys
	"F", "Ctrl", "Shift", "Alt", "Esc", "Tab", "PgUp", "PgDn", "Home", "End", "Insert", "Delete",
	// what is called so in Chinese, too
	"Excel", "CSV", "Windows", "U", "VCD", "DVD", "A",
	// the program's name, and the commands that a county's screens name
	"taizhang", "county", "set", "trust",
}

var (
	latinWord = regexp.MustCompile(`[A-Za-z][A-Za-z_]*`)
	// notWords are codes and examples, not words: an indicator's code, a Ctrl key's
	// letter, files, initials that a hint gives as an example, and sums of a file.
	notWords = []*regexp.Regexp{
		regexp.MustCompile(`\b[A-G]\d\d\b`),
		regexp.MustCompile(`Ctrl\+[A-Z]`),
		regexp.MustCompile(`例如 ?[a-z]+|打 [a-z]+|[,、(][a-z]{2,4}[)、]`),
		regexp.MustCompile(`[A-Za-z0-9_.-]*\.(?:tzb|tzs|card|json|xlsx|docx|csv|txt|db)\b`),
		regexp.MustCompile(`(?:[A-Za-z]:\\|/)[^\s,。;)”]+`),
		regexp.MustCompile(`\b[0-9a-f]{8,}\b|\d+[0-9Xx]\b`),
	}
)

// latinWords gives the Latin words of a screen that are not allowed.
func latinWords(screen string) []string {
	for _, r := range notWords {
		screen = r.ReplaceAllString(screen, " ")
	}
	var all []string
	for _, w := range latinWord.FindAllString(screen, -1) {
		if !slices.Contains(latinAllowed, w) && !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	return all
}

// screenMark ends the picture of a screen; other golden files are not on the screen.
const screenMark = "\n-- cursor "

// TestScreensSpeakChinese: no picture of a screen shows a Latin word outside a short
// list.
func TestScreensSpeakChinese(t *testing.T) {
	screens := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".golden") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		picture, _, isScreen := strings.Cut(string(data), screenMark)
		if !isScreen {
			return nil
		}
		screens++
		if strings.Contains(d.Name(), "ascii") {
			picture = strings.ReplaceAll(picture, " v ", "   ") // √ in --ascii
		}
		if words := latinWords(picture); len(words) > 0 {
			t.Errorf("%s shows %q", path, words)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if screens < 100 {
		t.Errorf("only %d pictures were looked at", screens)
	}
}

// TestLatinWordsAreFound: the test above can fail.
func TestLatinWordsAreFound(t *testing.T) {
	for text, want := range map[string]string{
		"按 F2 保存,Ctrl+S 也行":   "",
		"写成 Excel 或 CSV,拷到U盘": "",
		"A03 五好达标率":           "",
		"打汉字、拼音或首字母,例如 dfei":  "",
		"status ok":                "status ok",
		"导出 bundle 到 /media/usb/x": "bundle",
	} {
		if got := strings.Join(latinWords(text), " "); got != want {
			t.Errorf("%q has %q, not %q", text, got, want)
		}
	}
}
