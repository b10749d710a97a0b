package main

import (
	"io"
	"time"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/model/party"
)

// shells are those for which a script can be written: what it is called, how it is used
// now and always, and what writes it.
var shells = []struct {
	name, now, always string
	write             func(root *cobra.Command, w io.Writer) error
}{
	{"bash", "source <(taizhang completion bash)", "taizhang completion bash > ~/.local/share/bash-completion/completions/taizhang(先建好这个文件夹;要装有 bash-completion)",
		func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) }},
	{"zsh", "source <(taizhang completion zsh)", `taizhang completion zsh > "${fpath[1]}/_taizhang"`,
		func(root *cobra.Command, w io.Writer) error { return root.GenZshCompletion(w) }},
	{"fish", "taizhang completion fish | source", "taizhang completion fish > ~/.config/fish/completions/taizhang.fish",
		func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) }},
	{"powershell", "taizhang completion powershell | Out-String | Invoke-Expression", "把上面这一行写进 $PROFILE 这个文件",
		func(root *cobra.Command, w io.Writer) error { return root.GenPowerShellCompletionWithDesc(w) }},
}

// completionCommand stands for cobra's own, which speaks English.
func (m *Main) completionCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "completion",
		Short: "按 Tab 补全命令、选项和记录类别(bash、zsh、fish、powershell)",
		Long:  "写出一段脚本,交给命令行的外壳:以后打 taizhang 时按 Tab 就补全命令、选项和记录类别。",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	for _, s := range shells {
		c.AddCommand(&cobra.Command{
			Use:                   s.name,
			Short:                 s.name + " 用的补全脚本",
			Long:                  s.name + " 用的补全脚本。\n只在这个窗口里用:\n  " + s.now + "\n以后每次都有:\n  " + s.always,
			Args:                  noArgs,
			DisableFlagsInUseLine: true,
			ValidArgsFunction:     cobra.NoFileCompletions,
			RunE: func(cmd *cobra.Command, _ []string) error {
				return s.write(cmd.Root(), m.Stdout)
			},
		})
	}
	return c
}

// offerValues tells the shell what may stand in the options and places that take one of a
// few words.
func offerValues(c *cobra.Command) error {
	for _, sub := range c.Commands() {
		if err := offerValues(sub); err != nil {
			return err
		}
	}
	switch {
	case c.Name() == "list":
		c.ValidArgsFunction = kindsFirst(cobra.ShellCompDirectiveNoFileComp)
	case c.Name() == "import":
		c.ValidArgsFunction = kindsFirst(cobra.ShellCompDirectiveDefault)
	}
	for name, offer := range map[string]cobra.CompletionFunc{
		"open":         kindsFirst(cobra.ShellCompDirectiveNoFileComp),
		"view":         views,
		"format":       words("text", "csv", "json", "xlsx"),
		"on-duplicate": words("skip\t跳过", "update\t更新", "stop\t停下"),
		"month":        months,
	} {
		if f := c.LocalNonPersistentFlags().Lookup(name); f != nil && f.Value.Type() == "string" {
			if err := c.RegisterFlagCompletionFunc(name, offer); err != nil {
				return err
			}
		}
	}
	return nil
}

// words offers some words, each with what it means behind a tab.
func words(all ...cobra.Completion) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return all, cobra.ShellCompDirectiveNoFileComp
	}
}

// kindsFirst offers the kinds of records for the first place, and then what after says.
func kindsFirst(after cobra.ShellCompDirective) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, after
		}
		var all []cobra.Completion
		for _, k := range party.Kinds.Kinds() {
			all = append(all, k.Name+"\t"+k.Title)
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	}
}

// views offers the ready-made views of the kind that stands before.
func views(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var all []cobra.Completion
	if len(args) > 0 {
		if k, err := party.Kinds.Find(args[0]); err == nil {
			for _, v := range k.Views {
				all = append(all, v.Name)
			}
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}

// months offers this month and the two before it, which are those that are reported.
func months(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	month := model.DateOf(time.Now()).Month()
	return []cobra.Completion{string(month), string(month.Add(-1)), string(month.Add(-2))},
		cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}
