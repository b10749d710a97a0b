package monthend

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/send"
	"taizhang/tui/ui"
)

// View implements ui.Screen.
func (m *MonthEnd) View() (string, *tea.Cursor) {
	lines, cursor := m.rows.View(m.w)
	lines = append([]string{""}, lines...)
	if cursor != nil {
		cursor.Y++
	}
	st := m.app.Styles
	lines = append(lines, "")
	switch {
	case m.progress != nil:
		cursor = nil
		lines = append(lines, "  正在导出,请不要拔下U盘… "+ui.ProgressBar(m.progress.done, m.progress.all, 30))
	case m.fault != "":
		for _, l := range ui.Wrap(m.fault, m.w-4) {
			lines = append(lines, " "+st.Fault.Render(l))
		}
	case m.result != nil:
		lines = append(lines, m.resultLines()...)
	case m.forked != nil:
		for _, l := range ui.Wrap(forkedText(m.forked)+"怎么办写在“上报记录”里,在那个包上按回车看。", m.w-4) {
			lines = append(lines, " "+st.Warning.Render(l))
		}
	}
	lines = append(lines, "", ui.Rule(st, "已导出的报送包", m.w))
	return strings.Join(append(lines, m.sentLines(m.h-len(lines)-2)...), "\n"), cursor
}

// forkedText says why the county did not take the last bundle that it answered.
func forkedText(r *bundle.Receipt) string {
	return fmt.Sprintf("县里没有收%s第 %d 号包:台账可能拷到了两台电脑上都在记,或者从旧备份恢复过。请先给县(市)委组织部打电话,弄好了再导出。", r.Month.Chinese(), r.Sequence)
}

func (m *MonthEnd) resultLines() []string {
	s, next := m.result, "请把这个文件交到县里。"
	if slices.ContainsFunc(m.drives, func(d string) bool { return strings.HasPrefix(m.rows.Value("dir"), d) }) {
		next = "请安全弹出U盘后交到县里。"
	}
	return []string{
		"  " + m.app.Styles.Good.Render("导出完成,已读回核对无误。"+next),
		"  文件名  " + ui.Cut(s.File, m.w-10),
		fmt.Sprintf("  大小    %s   问题 %d 条", fileSize(s.Size), s.Problems),
		"  校验码  " + ui.Cut(s.FileHash, m.w-10),
	}
}

// sentLines lists the bundles made before, the newest first, as many as fit.
func (m *MonthEnd) sentLines(room int) []string {
	if len(m.sent) == 0 {
		return []string{" " + m.app.Styles.Muted.Render("还没有导出过")}
	}
	var lines []string
	for _, s := range newestFirst(m.sent) {
		if len(lines) == max(room, 1) {
			break
		}
		lines = append(lines, fmt.Sprintf("  %s %s  %s %s  %s  %s  %s",
			ui.Fit(s.Month.Chinese(), 11), ui.LocalDay(s.CreatedAt), ui.Fit(fmt.Sprintf("第 %d 号", s.Sequence), 9),
			ui.FitRight(fileSize(s.Size), 9), ui.FitRight(s.FileHash[:min(8, len(s.FileHash))], 8), ui.Fit(fmt.Sprintf("问题 %d 条", s.Problems), 10), s.State))
	}
	return lines
}

func newestFirst(sent []send.Sent) []send.Sent {
	all := slices.Clone(sent)
	model.Sort(all, func(a, b send.Sent) int { return cmp.Compare(b.Sequence, a.Sequence) })
	return all
}

// fileSize shows a size in bytes as people read it.
func fileSize(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d 字节", n)
}
