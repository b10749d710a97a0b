package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
)

// rootCommand gives the program with the commands that the arguments may be for: all of
// them take longer to make than many a command to run.
func (m *Main) rootCommand(args []string) *cobra.Command {
	cobra.MousetrapHelpText = "" // else a double-click is refused, in English
	var open openOptions
	root := &cobra.Command{
		Use:   "taizhang",
		Short: "村党支部台账",
		Long: "台账:村党支部的记录本。不带命令时打开画面;每一类记录都有表格和表单,每月导出一个报送包。\n" +
			"只用不涉密的电脑和U盘;涉密的文件和内容不要记进来。\n" +
			"退出状态:0 做好了;1 数据或文件有问题;2 命令写得不对。",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return m.screens(cmd.Context(), open)
		},
	}
	root.PersistentFlags().StringVar(&m.db, "db", "", "台账文件(默认在用户数据文件夹,也可用环境变量 TAIZHANG_DB 指定)")
	root.Flags().StringVar(&open.kind, "open", "", "直接打开某类记录的表格,例如 person")
	root.Flags().StringVar(&open.key, "key", "", "县里的密钥(县里收报用;不写用台账旁边的 county.key)")
	root.Flags().BoolVar(&open.readOnly, "read-only", false, "只看不改(别的窗口正开着台账时也能用)")
	root.Flags().BoolVar(&open.ascii, "ascii", false, "用 +-| 画边框(不写就问终端:线条占两格的自己改用)")
	for _, make := range m.commandsFor(args) {
		root.AddCommand(make())
	}
	root.SetUsageFunc(usage)
	root.SetHelpFunc(help)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return flagError(cmd, err) })
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Use: "help", Hidden: true, RunE: func(cmd *cobra.Command, args []string) error {
		target, _, err := cmd.Root().Find(args)
		if err != nil {
			return usagef("没有“%s”这个命令", strings.Join(args, " "))
		}
		return target.Help()
	}})
	addMakeFolder(root)
	root.PersistentPreRunE = m.checkOut
	chineseHelpFlags(root)
	return root
}

// commandsFor gives what makes the commands that may be meant: the one that is named first,
// none where the screens are opened, otherwise all.
func (m *Main) commandsFor(args []string) []func() *cobra.Command {
	all := map[string]func() *cobra.Command{
		"demo": m.demoCommand, "init": m.initCommand, "import": m.importCommand, "list": m.listCommand, "fill": m.fillCommand, "stack": m.stackCommand,
		"compare": m.compareCommand, "export": m.exportCommand, "receipt": m.receiptCommand, "inbox": m.inboxCommand, "stick": m.stickCommand,
		"check": m.checkCommand, "report": m.reportCommand, "due": m.dueCommand, "rules": m.rulesCommand, "county": m.countyCommand,
		"version": m.versionCommand, "backup": m.backupCommand, "restore": m.restoreCommand, "encrypt": m.encryptCommand,
		"transfer": m.transferCommand, "clear": m.clearCommand, "completion": m.completionCommand, "doctor": m.doctorCommand, "manual": m.manualCommand,
	}
	if len(args) > 0 && args[0] != "completion" && all[args[0]] != nil {
		return []func() *cobra.Command{all[args[0]]}
	}
	if onlyScreens(args) {
		return nil
	}
	return slices.Collect(maps.Values(all)) // cobra lists them by their names
}

// onlyScreens tells arguments that hold no more than options of the screens, written out.
func onlyScreens(args []string) bool {
	for len(args) > 0 {
		name, _, valued := strings.Cut(args[0], "=")
		switch {
		case slices.Contains([]string{"--read-only", "--ascii"}, args[0]):
			args = args[1:]
		case !slices.Contains([]string{"--db", "--open", "--key"}, name):
			return false
		case valued:
			args = args[1:]
		case len(args) == 1:
			return false
		default:
			args = args[2:]
		}
	}
	return true
}

// chineseHelpFlags gives every command's --help a Chinese line.
func chineseHelpFlags(c *cobra.Command) {
	c.InitDefaultHelpFlag()
	c.Flags().Lookup("help").Usage = "显示这个说明"
	if !c.DisableFlagsInUseLine { // else the usage line ends in [flags]
		c.DisableFlagsInUseLine = true
		c.Use += " [选项]"
	}
	for _, sub := range c.Commands() {
		chineseHelpFlags(sub)
	}
}

// noArgs refuses arguments: on the root they are commands that don't exist.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if cmd.HasSubCommands() {
		return usagef("没有“%s”这个命令,有哪些命令请看 %s --help", model.Clean(args[0], false), cmd.CommandPath())
	}
	return usagef("多了“%s”,用法:%s", model.Clean(args[0], false), cmd.UseLine())
}

// args wants exactly the named arguments.
func argsNamed(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < len(names) {
			return usagef("缺少%s,用法:%s", names[len(args)], cmd.UseLine())
		}
		if at := slices.Index(args, ""); at >= 0 && at < len(names) {
			return usagef("%s是空的,用法:%s", names[at], cmd.UseLine())
		}
		if len(args) > len(names) {
			return usagef("多了“%s”,用法:%s", model.Clean(args[len(names)], false), cmd.UseLine())
		}
		return nil
	}
}

func flagError(cmd *cobra.Command, err error) error {
	text := err.Error()
	flag := text
	if i := strings.Index(text, "--"); i >= 0 {
		flag = strings.FieldsFunc(text[i:], func(r rune) bool { return r == ' ' || r == '"' || r == ',' || r == ':' })[0]
	}
	switch {
	case strings.HasPrefix(text, "unknown"):
		return usagef("没有选项 %s,请看 %s --help", flag, cmd.CommandPath())
	case strings.HasPrefix(text, "flag needs"):
		return usagef("选项 %s 后面要写内容,请看 %s --help", flag, cmd.CommandPath())
	}
	return usagef("选项 %s 的内容不对,请看 %s --help", flag, cmd.CommandPath())
}

// required refuses a command whose flags were left out.
func required(cmd *cobra.Command, names ...string) error {
	for _, n := range names {
		if f := cmd.Flags().Lookup(n); f.Value.String() == "" {
			return usagef("请写上 --%s(%s)", n, f.Usage)
		}
	}
	return nil
}

// parseMonth reads --month; "" gives the present month.
func parseMonth(text string, today model.Date) (model.Month, error) {
	if text == "" {
		return today.Month(), nil
	}
	month, err := model.ParseMonth(text)
	if err != nil {
		return "", usagef("%s", err.Error())
	}
	return month, nil
}

// monthOf reads the --month that a command can't do without.
func monthOf(cmd *cobra.Command, text string) (model.Month, error) {
	if err := required(cmd, "month"); err != nil {
		return "", err
	}
	return parseMonth(text, "")
}

// findKind reads a KIND argument: a name or a title.
func findKind(l *store.Ledger, name string) (*model.Kind, error) {
	k, err := l.Kinds().Find(name)
	var known *model.Error
	if errors.As(err, &known) {
		return nil, usagef("%s", known.Message)
	}
	return k, err
}

// usage says how a command is called, in Chinese. It is a function and no template:
// text/template looks methods up by name, and with it in the program the linker could
// leave out no exported method of any type.
func usage(c *cobra.Command) error {
	var b strings.Builder
	if c.Runnable() {
		b.WriteString("用法:\n  " + c.UseLine())
	}
	if c.HasAvailableSubCommands() {
		b.WriteString("\n  " + c.CommandPath() + " 命令 …\n\n命令:")
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, "\n  %-*s %s", sub.NamePadding(), sub.Name(), sub.Short)
			}
		}
	}
	if c.HasAvailableLocalFlags() {
		b.WriteString("\n\n选项:\n" + trimRight(c.LocalFlags().FlagUsages()))
	}
	if c.HasAvailableInheritedFlags() {
		b.WriteString("\n\n各命令都有的选项:\n" + trimRight(c.InheritedFlags().FlagUsages()))
	}
	if c.HasAvailableSubCommands() {
		b.WriteString("\n\n某个命令怎么用:" + c.CommandPath() + " 命令 --help")
	}
	b.WriteString("\n")
	_, err := io.WriteString(c.OutOrStderr(), b.String())
	return err
}

// help puts what the command is for before its usage, on standard output since it was
// asked for.
func help(c *cobra.Command, _ []string) {
	text := c.Long
	if text == "" {
		text = c.Short
	}
	if text != "" {
		text = trimRight(text) + "\n\n"
	}
	if _, err := io.WriteString(c.OutOrStdout(), text+c.UsageString()); err != nil {
		c.PrintErrln(err)
	}
}

func trimRight(s string) string { return strings.TrimRightFunc(s, unicode.IsSpace) }
